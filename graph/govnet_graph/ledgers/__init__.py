"""Ledgers as districts keep them: read, found, mapped, normalised, every cell accounted for; and written again.

Reading, all pure functions of bytes (nothing here opens a connection or the network)::

    book = read_workbook(content, "名册.xlsx", limits)     # files: Workbook of Sheets; LedgerTooLarge, LedgerEncrypted, LedgerUnreadable
    drafts = propose(book, learned, kind="", hidden=False)  # mapping: a TableDraft per table: table, mapping or None, others
    draft.mapping = mapping_from(draft.table, "pairings", {"单位": "unit", "C": "since"})   # what a user chose instead
    signature, taught = remember(draft.table, draft.mapping)   # plain data; ``learned`` is {signature: taught}
    reading = read_rows(book, drafts, hidden=False)         # rows: Reading(book, tables=[TableReading(draft, kind, rows)], account)
    reading.rows()                                          # (table, row) without problems; good=False: with
    reading.account.sheets["Sheet1"].quarantine(row, problem)  # doubts found later (who is who) take a row back; it still balances
    reading.account.as_json()                               # {sheet: {total, imported, quarantined, ignored}}

Rows of sheets and rows in a kind's terms stay on disk (``govnet_graph.spool``) and are read in blocks; a ``Row`` is made when it is
asked for, and what is wrong with it stands in the account. Memory does not grow with the rows that are sound.

Writing::

    template("pairings") -> bytes                           # templates: bilingual header, drop-downs, checks, instructions
    write_ledger("pairings", rows) -> bytes                 # the same form, filled: rows are mappings of column key to value
    quarantine(reading) -> bytes                            # quarantine: rows with reasons beside the cells, ready to correct

``KINDS`` (kinds) says for each kind which columns there are and what a row means in the schema's terms: roles that are
nodes (``RowNode``: stated or merely referred to) and relationships between roles (``RowEdge``); a column's target is a
property of a role. Columns that are not ``kept`` (telephone, identity number, contact) are read to tell people apart,
are handed on in ``Row.values`` and must never be stored; their cells count as ignored.
"""
