"""The load balancer learns the truth: whether the database answers now."""

from django.db import OperationalError, connection


def test_the_database_answers(db, client):
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "answers"})


def test_an_open_connection_that_no_longer_answers_is_said(db, client):
    def gone(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": "does not answer"})
