"""Addresses of a county's opening."""

from django.urls import path

from kongchuo.setup.opening.views import books, declaring, start, wizard

app_name = "opening"

urlpatterns = [
    path("", wizard.wizard, name="wizard"),
    path("start/<str:secret>/", start.start, name="start"),
    path("upload/", books.upload, name="upload"),
    path("book.xlsx", books.template, name="template"),
    path("books/<int:pk>/", books.book, name="book"),
    path("books/<int:pk>/correct/", books.correct, name="correct"),
    path("books/<int:pk>/write/", books.write, name="write"),
    path("books/<int:pk>/drop/", books.drop, name="drop"),
    path("posts/", wizard.posts, name="posts"),
    path("posts/<int:pk>/call-off/", wizard.call_off, name="call_off"),
    path("progress/", wizard.progress, name="progress"),
    path("declare/", declaring.declare, name="declare"),
    path("declare/withdraw/", declaring.take_back, name="take_back"),
]
