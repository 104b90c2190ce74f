"""What people care for when they buy: the words every shop knows, ranked on a card beside the shop's own."""

from enum import StrEnum


class Wish(StrEnum):
    PRICE = "price"
    QUALITY = "quality"
    SERVICE = "service"
    SPEED = "speed"
    CHOICE = "choice"
    TRUST = "trust"
    NOVELTY = "novelty"
    CONVENIENCE = "convenience"
