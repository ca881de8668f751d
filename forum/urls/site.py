"""The front door, the rooms every visitor may walk through, and what machines ask for."""

from django.urls import URLPattern, path

from forum import feeds, sitemaps
from forum.urls import converters  # noqa: F401  (registers <code:…>)
from forum.views import (
    about,
    health,
    home,
    language,
    machines,
    media,
    packaging,
    posters,
    search,
    style,
    topics,
    uploads,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("t/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("g/<code:code>/", packaging.topic_short, name="topic_short"),
    path("search/", search.search, name="search"),
    path("about/<slug:page>/", about.about, name="about"),
    path("language/", language.language_set, name="language_set"),
    path("uploads/", uploads.upload, name="upload"),
    path("media/<path:path>", media.media, name="media"),
    path("poster.png", posters.site_poster, name="site_poster"),
    path("poster/<slug:kind>/<slug:key>.png", posters.poster, name="poster"),
    path("style.css", style.stylesheet, name="stylesheet"),
    path("styleguide/", style.styleguide, name="styleguide"),
    path("feeds/questions.atom", feeds.questions_feed, name="questions_feed"),
    path("feeds/faq.atom", feeds.faq_feed, name="faq_feed"),
    path("t/<slug:slug>/feed.atom", feeds.topic_feed, name="topic_feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
