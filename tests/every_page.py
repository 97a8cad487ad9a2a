"""The addresses of all pages in all their forms, for what holds for each: one list, so that none is forgotten."""

PAGES = (
    "/", "/?q=nothing+at+all", "/?kind=statement&country=RU", "/?item={item}", "/?pages=2&sort=newest",
    "/items/{item}", "/articles", "/articles?q=nothing+at+all", "/articles/1", "/articles/1?view=coverage",
    "/articles/1/delete", "/upload", "/uploads/{upload}", "/actors", "/actors?name=nobody", "/actors/{actor}",
    "/countries", "/countries/RU", "/map", "/map?view=0,0,40000", "/troops", "/troops?country=RU&part=force",
    "/views", "/views/1/delete", "/about", "/help", "/login", "/demo/remove",
)  # fmt: skip
NOT_FOUND, BAD_REQUEST = "/nosuch", "/?after=nonsense"
ERRORS = (NOT_FOUND, BAD_REQUEST)
