"""Addresses of cases and queues."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("cases/<str:number>/", lambda request, number: HttpResponse(), name="case")]
