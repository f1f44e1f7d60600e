"""What the team types of a meeting: its words, when and where, who is welcome and how, what it is about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from app.communities.queries import Room
from app.core.text.plain import clean_line
from app.events import writing
from app.events.models.meetings import FEATURES, MODES, Event
from app.events.words import COLUMNS, EventWords, Question
from app.forms import event_rows
from app.forms.base import (
    REQUIRED,
    BoxesField,
    Visible,
    choices,
    key_field,
    limits,
    line_field,
    parse_number,
    text_field,
)
from app.forms.event_rows import address_field, read_choices
from app.forms.event_times import MomentForm
from app.forms.figures import FigureField, Within, day_field
from app.forms.hours import hour_field, read_moment, write_moment
from app.forms.ideas import ids_of, list_current, parse_id
from app.forms.needs import Needs
from app.forms.new_names import NewNamesForm
from app.forms.places import territory_choices, territory_id
from app.forms.rows import RowsForm
from app.reference.queries import Catalogue, get_catalogue
from app.reference.service import BAD_TAG, MOST_TAGS, TAG, TOO_MANY_TAGS

TITLE, LEAD, BODY, PLACE, DIRECTIONS, NOTE = (10, 140), 240, 20_000, 200, 500, 80
CONCERNS, LANGUAGES, MOST_PLACES, REGION = 5_000, 120, 100_000, "region"
IS_PAST = _l("Cette date est passée. Si la rencontre a déjà eu lieu, dites-le; sinon, choisissez un moment à venir.")
NOT_IN_PLACE = _l("Ceci compte si on se rencontre en personne.")
NOT_ONLINE = _l("Ceci compte si on se rencontre en ligne.")
NOT_TICKED = _l("Cochez d'abord ce que vous précisez.")
IN_PLACE = Needs("mode", NOT_IN_PLACE, values=("in_person", "hybrid"), is_said=True)
ONLINE = Needs("mode", NOT_ONLINE, values=("online", "hybrid"), is_said=True)
OPENS = Needs("opens_on", _l("L'heure compte avec le jour où les inscriptions ouvrent."))
WHEN = ("on", "hour", "turn")
LANGS = (("fr", _l("Français")), ("en", _l("Anglais")))
# The order of the fields on the page, which is that of the list of what is refused.
ORDER = (
    *("title", "community", *(f"{at}_{what}" for at in ("starts", "ends") for what in WHEN), "is_held"),
    *("mode", "territory", "place", "lead", "body", "lang", "directions", "room_url", "features"),
    *(f"note_{code}" for code in FEATURES),
    *("languages", "lines", "concerns", "documents", "organisations"),
    *("capacity_in_person", "capacity_online", "opens_on", "opens_hour", "reminder", "asks_meal", "asks_territory"),
    *("questions", "communities", "issues", "territories", "tags"),
)
REMINDERS = (
    ("", _l("aucun")),
    (0, _l("le jour même, à 9 h")),
    (1, _l("la veille, à 9 h")),
    (2, _l("deux jours avant, à 9 h")),
    (3, _l("trois jours avant, à 9 h")),
    (7, _l("une semaine avant, à 9 h")),
)


def _note_fields() -> dict[str, Any]:
    return {
        f"note_{code}": line_field(
            _l("Précision"), Needs("features", NOT_TICKED, values=(code,), is_said=True), Optional(), most=NOTE
        )
        for code in FEATURES
    }


def _places_field(label: Any, needs: Needs) -> FigureField:
    return FigureField(label, [needs, Within(1, MOST_PLACES, _l(writing.NO_ROOM))], whole=True)


NotesForm: Any = type("NotesForm", (RowsForm, MomentForm), _note_fields())
"""A few words about each thing that makes a meeting open to somebody."""


class WelcomeForm(NotesForm):
    """How people meet, and what is done for those who come."""

    mode = RadioField(_l("Comment se rencontre-t-on?"), [DataRequired(REQUIRED)], default=MODES[0])
    place = line_field(_l("Lieu"), IN_PLACE, Optional(), most=PLACE)
    territory = SelectField(_l("Municipalité"), [IN_PLACE], filters=[lambda value: value or ""])
    directions = text_field(_l("Comment s'y rendre, comment entrer"), IN_PLACE, Optional(), most=DIRECTIONS)
    room_url = address_field(_l("Lien de la salle en ligne"), ONLINE, Optional())
    languages = line_field(_l("Langues parlées"), Optional(), most=LANGUAGES)
    features = BoxesField(_l("Pour y être bien"), [Optional()])
    capacity_in_person = _places_field(_l("Places en salle"), IN_PLACE)
    capacity_online = _places_field(_l("Places en ligne"), ONLINE)
    opens_on = day_field(_l("Les inscriptions ouvrent le"), Optional())
    opens_hour = hour_field(_l("À quelle heure"), OPENS, Optional())
    reminder = SelectField(_l("Rappel aux personnes inscrites"), choices=choices(REMINDERS), default="1")
    asks_meal = BooleanField(_l("Demander ce que la personne mange"))
    asks_territory = BooleanField(_l("Demander de quelle municipalité elle vient"))
    opens_at: datetime | None = None

    @staticmethod
    def note_names() -> list[str]:
        return [f"note_{code}" for code in FEATURES]

    def validate_territory(self, field: Any) -> None:
        if self.mode.data in ("in_person", "hybrid") and not territory_id(field.data):
            raise ValidationError(_(writing.NO_PLACE))

    def validate_opens_on(self, _field: Any) -> None:
        if self.opens_on.data and self.opens_hour.data is None:
            self.opens_hour.data = time(9)

    def welcome_words(self) -> dict[str, Any]:
        names = ("place", "directions", "room_url", "languages")
        notes = {code: self[f"note_{code}"].data or "" for code in FEATURES}
        return {name: self[name].data or "" for name in names} | {
            "mode": self.mode.data,
            "territory_id": territory_id(self.territory.data) if self.mode.data != "online" else None,
            "features": tuple((code, notes[code]) for code in FEATURES if code in (self.features.data or ())),
            "capacity_in_person": self.capacity_in_person.data,
            "capacity_online": self.capacity_online.data,
            "opens_at": self.opens_at,
            "reminder": int(self.reminder.data) if self.reminder.data else None,
            "asks_meal": self.asks_meal.data,
            "asks_territory": self.asks_territory.data,
        }


class EventForm(NewNamesForm, WelcomeForm):
    """A meeting. Who leads it and when it is are asked of a draft alone: `offer` takes them out of another."""

    GROUPS, KNOWS_ALL = event_rows.GROUPS, False
    title = line_field(_l("Titre"), Visible(), limits(*TITLE), most=TITLE[1])
    lead = line_field(_l("En une phrase"), Optional(), most=LEAD)
    body = text_field(_l("Texte"), Optional(), most=BODY)
    lang = SelectField(_l("Langue du texte"), choices=choices(LANGS), default="fr")
    community = SelectField(_l("Qui invite"), [DataRequired(REQUIRED)], coerce=str)
    is_held = BooleanField(_l("Elle a déjà eu lieu"))
    communities = BoxesField(_l("Autres communautés concernées"), [Optional()], coerce=parse_id)
    issues = BoxesField(_l("Enjeux"), [Optional()], coerce=parse_id)
    territories = BoxesField(_l("Autres territoires concernés"), [Optional()], coerce=parse_id)
    tags = StringField(
        _l("Étiquettes"),
        filters=[lambda value: clean_line(value or "")],
        render_kw={"maxlength": MOST_TAGS * (TAG[1] + len(", "))},
        description=_l("Des mots séparés par des virgules, huit au plus."),
    )
    concerns = text_field(_l("Ce dont on parlera"), Optional(), most=CONCERNS)
    form_key = key_field()

    @classmethod
    def of(cls, words: EventWords, event: Event | None = None) -> Self:
        """Fill the form with what is typed of a meeting; of a stored one, also with when it is and who leads it."""
        values = {name: getattr(words, name) for name in COLUMNS} | _write_choices(words)
        if event is not None:
            values |= write_moment("starts", event.starts_at) | write_moment("ends", event.ends_at)
            values |= {"community": str(event.community_id or REGION), "is_held": event.has_begun}
        return cls.fill(values | write_moment("opens", words.opens_at), _write_rows(words))

    def offer(
        self,
        led: Sequence[Room | None],
        catalogue: Catalogue,
        label: Any,
        names: Mapping[str, Any],
        event: Event | None,
    ) -> Self:
        """Fill the choices: what is current, and where a stored meeting is already; `names` are words of codes."""
        rooms, stored = names["rooms"], names["stored"] or EventWords("")
        self.mode.choices = choices(names["modes"].items())
        self.features.choices = choices(names["features"].items())
        for code, name in names["features"].items():
            self[f"note_{code}"].label.text = _("%(what)s, précision", what=name)
        present = next((place.code for place in catalogue.places if place.id == stored.territory_id), None)
        self.territory.choices = territory_choices(present)
        self.issues.choices = choices(list_current(catalogue.issues, stored.issues, label))
        self.territories.choices = choices(list_current(catalogue.places, stored.territories, label))
        open_rooms = [room for room in rooms.all if not room.is_private]
        self.communities.choices = choices(list_current(open_rooms, stored.communities, label))
        self.present_organisations = frozenset(stored.organisations)
        self._offer_lead(led, label, event)
        return self

    def _offer_lead(self, led: Sequence[Room | None], label: Any, event: Event | None) -> None:
        if event is not None and not event.is_draft:
            for name in ("community", "is_held", *(f"{at}_{what}" for at in ("starts", "ends") for what in WHEN)):
                del self[name]
            return
        named = [(room.id, label(room)) if room else (REGION, _("Toute la région, sans communauté")) for room in led]
        first = [] if len(named) == 1 else [("", _("Choisissez"))]
        self.community.choices = choices([*first, *named])

    def __iter__(self) -> Iterator[Any]:
        places = {name: place for place, name in enumerate(ORDER)}
        return iter(sorted(super().__iter__(), key=lambda field: places.get(field.name.partition("-")[0], -1)))

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        self.opens_at = read_moment(self.opens_on, self.opens_hour)
        is_open = self.opens_at is not None or self.opens_on.data is None
        if "is_held" in self and self.is_past() and not self.is_held.data:
            self.say("is_held", str(IS_PAST))
            return False
        return is_right and is_open

    def organisation_fields(self) -> Iterable[Any]:
        return [row["name"] for row in self.rows("organisations") if not row.is_blank]

    def validate_tags(self, _field: Any) -> None:
        names = self.tag_names()
        if len(names) > MOST_TAGS:
            raise ValidationError(_(TOO_MANY_TAGS))
        if any(not TAG[0] <= len(name) <= TAG[1] for name in names):
            raise ValidationError(_(BAD_TAG) % {"min": TAG[0], "max": TAG[1]})

    def tag_names(self) -> tuple[str, ...]:
        parts = map(clean_line, (self.tags.data or "").split(","))
        return tuple(dict.fromkeys(filter(None, parts)))

    def offered_places(self) -> set[int]:
        """Return the ids of the territories that may be ticked."""
        return {parse_number(choice.value) for choice in self.territories.choices}

    def lead_id(self) -> int | None:
        """Return the community that was chosen to lead a draft; None for the region."""
        return parse_number(self.community.data) or None if "community" in self else None

    def words(self) -> EventWords:
        return EventWords(
            title=self.title.data,
            lead=self.lead.data or "",
            body=self.body.data or "",
            lang=self.lang.data or "fr",
            communities=ids_of(self.communities),
            issues=ids_of(self.issues),
            territories=ids_of(self.territories),
            tags=self.tag_names(),
            concerns=self.concerns.data or "",
            **self.welcome_words(),
            **self._rows_words(),
        )

    def _rows_words(self) -> dict[str, Any]:
        questions = (
            Question(row["kind"], row["label"], row["why"], read_choices(row["choices"] or ""), parse_number(row["id"]))
            for row in self.values_of("questions")
        )
        return {
            "organisations": tuple(dict.fromkeys(row["name"] for row in self.values_of("organisations"))),
            "lines": tuple((_minutes(row["hour"]), row["text"]) for row in self.values_of("lines")),
            "documents": tuple((row["title"], row["url"]) for row in self.values_of("documents")),
            "questions": tuple(questions),
        }


def _minutes(hour: time | None) -> int | None:
    return hour.hour * 60 + hour.minute if hour is not None else None


def _hour(minutes: int | None) -> time | None:
    return time(*divmod(minutes, 60)) if minutes is not None else None


def _write_choices(words: EventWords) -> dict[str, Any]:
    place = get_catalogue().place.get(words.territory_id or 0)
    return {
        "territory": place.code if place else "",
        "reminder": "" if words.reminder is None else str(words.reminder),
        "features": [code for code, _note in words.features],
        **{f"note_{code}": note for code, note in words.features},
        **{name: getattr(words, name) for name in ("communities", "issues", "territories", "concerns")},
        "tags": ", ".join(words.tags),
    }


def _write_rows(words: EventWords) -> dict[str, list[dict[str, Any]]]:
    return {
        "organisations": [{"name": name} for name in words.organisations],
        "lines": [{"hour": _hour(minutes), "text": text} for minutes, text in words.lines],
        "documents": [{"title": title, "url": url} for title, url in words.documents],
        "questions": [vars(question) | {"choices": "; ".join(question.choices)} for question in words.questions],
    }
