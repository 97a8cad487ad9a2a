"""The interface for programs: answers, filters, paging, tags, problems, and the description of it all."""

from datetime import date
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from sqlalchemy import Engine
from web_samples import add_articles, article_file

from app.services.importing import import_file
from app.web.api import lane_models, models

API = "/api/v1"
WINDOW = "a=2022-02-01&b=2022-03-20&w=800"
ANSWERS = {
    "/items": models.ItemPage,
    "/items?sort=newest&limit=3": models.ItemPage,
    "/articles": models.ArticlePage,
    "/articles/1": models.ArticleDetail,
    "/actors": models.ActorPage,
    "/actors?kind=person&country=gb": models.ActorPage,
    "/actors/liz-truss": models.ActorDetail,
    "/countries": models.CountryList,
    "/countries/RU": models.CountryDetail,
    "/facets": models.FacetCounts,
    f"/lanes?{WINDOW}": lane_models.Lanes,
    "/lanes?a=2022-02-01&b=2022-03-20&w=100": lane_models.Lanes,
}


def get(client: TestClient, path: str) -> dict:
    response = client.get(f"{API}{path}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return response.json()


def uids(found: dict) -> list[str]:
    return [item["uid"] for item in found["items"]]


@pytest.mark.parametrize("path", ANSWERS)
def test_answers_are_what_their_models_say(client: TestClient, path: str) -> None:
    response = client.get(f"{API}{path}")
    TypeAdapter(ANSWERS[path]).validate_json(response.content)


@pytest.mark.parametrize("path", ["/items", "/articles", "/actors", "/countries", "/facets", f"/lanes?{WINDOW}"])
def test_answers_without_articles(site, empty: Engine, path: str) -> None:
    assert site(empty).get(f"{API}{path}").status_code == 200


def test_an_item_with_its_evidence(client: TestClient) -> None:
    for uid in uids(get(client, "/items")):
        found = get(client, f"/items/{uid}")
        assert found["item"]["uid"] == uid
        assert len(found["spans"]) == found["item"]["mentions"]
        for span in found["spans"]:
            text = get(client, f"/articles/{span['article']}")["text"]
            assert text[span["start"] : span["end"]] == span["text"]


def test_an_articles_items_are_in_the_order_of_its_text(client: TestClient) -> None:
    found = get(client, "/articles/2")
    starts = [item["span"]["start"] for item in found["items"]]
    assert starts == sorted(starts)
    assert {item["span"]["article"] for item in found["items"]} == {2}
    assert found["article"]["url"] == "/articles/2"
    assert sum(found["article"]["items"].values()) == len({item["uid"] for item in found["items"]})


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=troops",
        "country=BY",
        "actor=sergey-lavrov",
        "q=exercises",
        "modality=denied",
        "country=-RU&kind=-statement",
        "organisation=-nato&outlet=-x",
        "precision=month&precision=none",
        "polarity=asserts",
        "sort=reported-newest",
        "from=2022-02-11&to=2022-02-11",
    ],
)
def test_the_same_filters_as_the_page(client: TestClient, query: str) -> None:
    found = uids(get(client, f"/items?limit=200&{query}"))
    page = client.get(f"/?{query}").text
    assert found
    assert [uid for uid in found if f'id="card-{uid}"' in page] == found
    assert get(client, f"/facets?{query}")["items"] == len(found)
    assert found == uids(client.get(f"/items.json?{query}").json())


@pytest.mark.parametrize("path", ["/items?kind=statement&sort=newest&limit=2", "/articles?limit=1", "/actors?limit=2"])
def test_pages_follow_each_other(client: TestClient, path: str) -> None:
    name = path[1:].partition("?")[0]
    found, following = [], f"{API}{path}"
    while following:
        page = client.get(following).json()
        assert 0 < len(page[name]) <= 2
        found += page[name]
        following = page["next"]
    whole = client.get(f"{API}{path.partition('limit')[0]}limit=200").json()
    assert found == whole[name]
    assert len(found) > 2


def test_articles_and_actors_by_their_words(client: TestClient) -> None:
    assert len(get(client, "/articles?q=ministers+trade")["articles"]) == 3
    assert get(client, "/articles?q=nothing+of+it")["articles"] == []
    names = [each["actor"]["name"] for each in get(client, "/actors?name=LAVROV")["actors"]]
    assert names == ["Sergey Lavrov"]


@pytest.mark.parametrize("path", [*ANSWERS, "/items/first"])
def test_who_has_an_answer_is_told_just_that(client: TestClient, engine: Engine, path: str) -> None:
    path = f"{API}{path}".replace("/first", f"/{uids(get(client, '/items'))[0]}")
    first = client.get(path)
    tag = first.headers["etag"]
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"


def test_a_change_changes_the_tags(client: TestClient, engine: Engine) -> None:
    paths = ["/items", "/articles", "/actors", "/facets", f"/lanes?{WINDOW}", "/items.json"]
    before = [client.get(path if path.endswith(".json") else f"{API}{path}") for path in paths]
    import_file(engine, article_file(more="Not read yet."), filename="later.txt")
    waiting = client.get(f"{API}/articles", headers={"If-None-Match": before[1].headers["etag"]})
    assert waiting.status_code == 200
    assert "pending" in {each["status"] for each in waiting.json()["articles"]}
    add_articles(engine, 1, first=date(2022, 3, 1))
    for old in before:
        again = client.get(str(old.url), headers={"If-None-Match": old.headers["etag"]})
        assert again.status_code == 200
        assert again.headers["etag"] != old.headers["etag"]


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/api/v1/items?kind=tanks", 422, "kind"),
        ("/api/v1/items?modality=maybe", 422, "modality"),
        ("/api/v1/items?kind=--troops", 422, "kind"),
        ("/api/v1/items?polarity=-x", 422, "polarity"),
        ("/api/v1/items?from=2022", 422, "from"),
        ("/api/v1/items?to=2022-02-30", 422, "to"),
        ("/api/v1/items?sort=size", 422, "sort"),
        ("/api/v1/items?limit=0", 422, "limit"),
        ("/api/v1/items?limit=1000", 422, "limit"),
        ("/api/v1/items?after=nonsense", 400, None),
        ("/api/v1/articles?after=nonsense", 400, None),
        ("/api/v1/items/none", 404, None),
        ("/api/v1/articles/99", 404, None),
        ("/api/v1/articles/99999999999999999999", 404, None),
        ("/api/v1/articles/first", 404, None),
        ("/api/v1/nothing", 404, None),
        ("/api/v1/lanes?a=2022-02-01&b=2022-03-01", 422, "w"),
        ("/api/v1/lanes?b=2022-03-01&w=5", 422, "a"),
        ("/api/v1/lanes?a=2022-02-01&b=1&w=5", 422, "b"),
        ("/api/v1/lanes?a=2022-02-01&b=2022-03-01&w=0", 422, "w"),
        ("/api/v1/lanes?a=2022-02-01&b=2022-03-01&w=nan", 422, "w"),
        ("/api/v1/lanes?a=2022-03-01&b=2022-02-01&w=5", 400, None),
        ("/items/none.json", 404, None),
        ("/articles/99.json", 404, None),
        ("/nothing.csv", 404, None),
    ],
)
def test_errors_are_problem_details(client: TestClient, path: str, status: int, parameter: str | None) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["type"], problem["instance"]) == (status, "about:blank", path.partition("?")[0])
    assert problem["detail"]
    assert [error["parameter"] for error in problem["errors"]] == ([parameter] if parameter else [])


def test_it_can_only_be_read(client: TestClient) -> None:
    response = client.post(f"{API}/items", headers={"Origin": "http://127.0.0.1:8000"})
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"


def test_a_forms_empty_fields_are_not_given(client: TestClient) -> None:
    empty = urlencode(dict.fromkeys(("kind", "country", "actor", "q", "from", "to", "modality", "sort", "after"), ""))
    assert get(client, f"/items?{empty}") == get(client, "/items")


def test_the_description_is_complete(client: TestClient) -> None:
    found = client.get(f"{API}/openapi.json").json()
    assert set(found["paths"]) == {
        f"{API}{path}"
        for path in (
            "/items",
            "/items/{uid}",
            "/articles",
            "/articles/{article_id}",
            "/actors",
            "/actors/{slug}",
            "/countries",
            "/countries/{code}",
            "/facets",
            "/lanes",
            "/views",
            "/upload",
            "/uploads/{uid}",
            "/help",
            "/about",
        )
    }
    schemas = found["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    for methods in found["paths"].values():
        assert set(methods) == {"get"}
        operation = methods["get"]
        assert operation["description"]
        assert all(
            parameter.get("description") for parameter in operation.get("parameters", ()) if parameter["in"] == "query"
        )
        for status, answer in operation["responses"].items():
            media = "application/json" if status == "200" else "application/problem+json"
            assert set(answer["content"]) == {media}
            assert answer["content"][media]["schema"]["$ref"].removeprefix("#/components/schemas/") in schemas


def test_lanes_lead_to_items_and_lists(client: TestClient) -> None:
    found = get(client, f"/lanes?{WINDOW}&country=RU&from=2022-02-11")
    assert found["level"] == "marks"
    links = [mark["href"] for lane in found["lanes"] for day in lane["days"] for mark in day["marks"] + day["rail"]]
    links += [pill["href"] for lane in found["lanes"] for pill in lane["pills"]]
    assert links
    assert all("country=RU" in link for link in links)
    assert all(client.get(link).status_code == 200 for link in links)
    assert "2022-02-10" in {
        day["day"] for lane in found["lanes"] for day in lane["days"]
    }  # the window counts, not `from`


def test_a_weeks_list_has_the_weeks_items(client: TestClient) -> None:
    found = get(client, "/lanes?a=2022-02-01&b=2022-03-20&w=100")
    weeks = [week for lane in found["lanes"] for week in lane["bars"]]
    assert weeks
    for week in weeks:
        listed = get(client, f"/items?limit=200&{week['href'].partition('?')[2]}")["items"]
        on_one_day = [item for item in listed if item["date_earliest"] == item["date_latest"]]
        assert len(on_one_day) == week["count"]


def test_large_answers_are_packed_for_those_who_can_unpack(client: TestClient, monkeypatch) -> None:
    monkeypatch.setattr("app.web.api.answers.LARGE", 10)
    packed = client.get(f"{API}/items")
    plain = client.get(f"{API}/items", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert "Accept-Encoding" in packed.headers["vary"]
