# The API and the planners' page for docker-compose.yml: from the hashed lock, without build tools, as a user of its own.
FROM node:24-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web ./
RUN npm run build

FROM python:3.12-slim AS build
RUN python -m venv /opt/govnet
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
RUN /opt/govnet/bin/pip install --no-cache-dir --require-hashes --requirement requirements/run.txt
COPY pyproject.toml README.md ./
COPY graph graph
COPY api api
COPY --from=page /src/api/govnet_api/static/app api/govnet_api/static/app
COPY cypher cypher
COPY seeds seeds
RUN /opt/govnet/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/govnet --create-home govnet && chmod 700 /var/lib/govnet
COPY --from=build /opt/govnet /opt/govnet
ENV GOVNET_HOME=/var/lib/govnet PYTHONUNBUFFERED=1
USER govnet
WORKDIR /var/lib/govnet
VOLUME /var/lib/govnet
EXPOSE 8000
ENTRYPOINT ["/opt/govnet/bin/govnet"]
CMD ["serve", "--host", "0.0.0.0"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["/opt/govnet/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/v1/ready', timeout=4)"]
