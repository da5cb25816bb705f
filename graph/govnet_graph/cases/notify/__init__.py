"""What leaves for others when something happened: webhooks, their outbox, and the file that keeps both."""
