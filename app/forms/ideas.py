"""The form of an idea, and those of its withdrawal and of its preview."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from app.communities.queries import Rooms
from app.core.text.addresses import has_address
from app.core.text.plain import clean_line
from app.forms.base import (
    ARCHIVED,
    REQUIRED,
    BoxesField,
    Form,
    Visible,
    choices,
    key_field,
    limits,
    line_field,
    parse_number,
    text_field,
)
from app.forms.overlaps import SharedForm
from app.forms.traps import ChangeForm
from app.ideas.models import KINDS, Idea
from app.ideas.queries.facets import Placing
from app.ideas.writing import TEXTS, IdeaWords
from app.reference.queries import Catalogue
from app.reference.service import BAD_TAG, MOST_TAGS, TAG, TOO_MANY_TAGS

Label = Callable[[Any], str]
TITLE, BODY, REASON, SPOT = (10, 140), 20_000, (5, 500), 120
ADDRESS = _l(
    "Une adresse exacte peut désigner quelqu'un. Un repère suffit : « près du pont », « au coin de la rue "
    "Principale ». Pour garder l'adresse, envoyez de nouveau."
)


def parse_id(value: Any) -> int | None:
    """Read the value of a choice, a row's number; None where it is none."""
    return parse_number(value) or None


def ids_of(field: BoxesField) -> tuple[int, ...]:
    """Return the ids of the boxes that were ticked, without an empty one."""
    return tuple(filter(None, field.data or ()))


def list_current(things: Iterable[Any], present: Collection[int | None], label: Label) -> list[tuple[int, str]]:
    """Return the choices among things, by number: those that are not archived, and those `present` that are."""
    return [
        (thing.id, ARCHIVED % {"name": label(thing)} if thing.is_archived else label(thing))
        for thing in things
        if not thing.is_archived or thing.id in present
    ]


class IdeaForm(SharedForm, ChangeForm):
    """What is typed of an idea. `lead` is its community, which the form does not have once the idea was submitted.

    `asked` is the address that the page asked about, once; sent again, it is kept.
    """

    IS_PERSONAL, ASIDE = True, ("website", "summary")
    _lead: int | None = None
    kind = RadioField(
        _l("De quoi s'agit-il?"),
        [DataRequired(REQUIRED)],
        default="idea",
        choices=choices(zip(KINDS, KINDS, strict=True)),
    )
    title = line_field(
        _l("Titre"),
        Visible(),
        limits(*TITLE),
        most=TITLE[1],
        description=_l("En une phrase, ce que vous souhaitez ou proposez."),
    )
    body = text_field(
        _l("Texte"), Visible(), most=BODY, description=_l("Ce que vous vivez, ce qu'il faudrait, pour qui, avec qui.")
    )
    community = SelectField(_l("Communauté de pratique qui la porte"), [DataRequired(REQUIRED)], coerce=parse_id)
    communities = BoxesField(_l("Autres communautés concernées"), [Optional()], coerce=parse_id)
    issues = BoxesField(_l("Enjeux"), [Optional()], coerce=parse_id)
    territories = BoxesField(_l("Territoires"), [Optional()], coerce=parse_id)
    spot = line_field(
        _l("Lieu, en quelques mots"),
        most=SPOT,
        description=_l("Par exemple : près du pont, derrière l'école. Tout le monde pourra le lire."),
    )
    tags = StringField(
        _l("Étiquettes"),
        filters=[lambda value: clean_line(value or "")],
        render_kw={"maxlength": MOST_TAGS * (TAG[1] + len(", "))},
        description=_l("Des mots séparés par des virgules, huit au plus."),
    )
    lang = SelectField(_l("Langue du texte"), choices=choices([("fr", "fr"), ("en", "en")]), default="fr")
    summary = line_field(_l("Ce qui change dans cette version"), Optional(), most=200)
    form_key = key_field()
    version = HiddenField(filters=[lambda value: value or ""])
    asked = HiddenField(filters=[lambda value: value or ""])

    def offer(
        self,
        rooms: Rooms,
        catalogue: Catalogue,
        words: Any,
        label: Label,
        idea: Idea | None = None,
        placing: Placing | None = None,
    ) -> Self:
        """Fill the choices: what is current, and where the idea is already (`placing`), even archived."""
        present = placing or Placing()
        self.kind.choices = choices(words.KINDS.items())
        self.lang.choices = choices(words.LANGUAGES.items())
        self.issues.choices = choices(list_current(catalogue.issues, present.issues, label))
        self.territories.choices = choices(list_current(catalogue.places, present.territories, label))
        lead_id = idea.community_id if idea else None
        self._sheltered = {room.id for room in rooms.all if room.is_private}
        self._offer_rooms(list_current(rooms.all, {lead_id, *present.communities}, label), idea)
        return self

    def _offer_rooms(self, pairs: list[tuple[int, str]], idea: Idea | None) -> None:
        """Offer the communities; the one that leads an idea which was submitted is not changed by this form."""
        if idea and not idea.is_draft:
            self._lead = idea.community_id
            del self.community
        else:
            self.community.choices = choices([(0, _l("Choisissez une communauté")), *pairs])
        # What leads is not offered again beside itself; the page of a draft leaves it out as it is chosen.
        self.communities.data = [n for n in self.communities.data or () if n != self.lead()]
        self.communities.choices = choices(pair for pair in pairs if pair[0] not in {*self._sheltered, self._lead})

    def offered_places(self) -> set[int]:
        """Return the ids of the territories that may be ticked."""
        return {parse_number(choice.value) for choice in self.territories.choices}

    def whole_text(self) -> str:
        """Return all that is written of an idea, which the limits of new accounts read."""
        return "\n".join(self[name].data or "" for name in TEXTS)

    def places(self) -> list[int]:
        """Return the ids of the communities, the one that leads first."""
        return [n for n in (self.lead(), *(self.communities.data or ())) if n]

    def lead(self) -> int | None:
        """Return the community that leads the idea: the one that was chosen, until it is submitted."""
        return self.community.data or None if self.community else self._lead

    def validate_communities(self, field: Any) -> None:
        if self.lead() in self._sheltered and set(ids_of(field)) - {self.lead()}:
            raise ValidationError(str(_l("Une contribution d'une communauté privée n'en concerne pas d'autre.")))

    def validate_spot(self, field: Any) -> None:
        if field.data != self.asked.data and has_address(field.data):
            self.asked.data = field.data
            raise ValidationError(str(ADDRESS))

    def validate_tags(self, field: Any) -> None:
        if len(self.tag_names()) > MOST_TAGS:
            raise ValidationError(_(TOO_MANY_TAGS))
        if any(not TAG[0] <= len(tag) <= TAG[1] for tag in self.tag_names()):
            raise ValidationError(_(BAD_TAG) % {"min": TAG[0], "max": TAG[1]})

    def tag_names(self) -> list[str]:
        parts = map(clean_line, (self.tags.data or "").split(","))
        return list(dict.fromkeys(tag for tag in parts if tag))

    def can_be_kept(self) -> bool:
        """Tell whether this can be kept as a draft: within the limits, in an offered place, finished or not."""
        self.validate()
        texts = {self.title: TITLE[1], self.body: BODY, self.spot: SPOT}
        incomplete_fields = [*texts, *([] if self.lead() else [self.community])]
        is_short = all(len(field.data or "") <= most for field, most in texts.items())
        return is_short and not any(field.errors for field in self if field not in incomplete_fields)

    def words(self) -> IdeaWords:
        return IdeaWords(
            title=self.title.data or "",
            body=self.body.data or "",
            kind=self.kind.data or "idea",
            lang=self.lang.data or "fr",
            community_id=self.lead(),
            communities=ids_of(self.communities),
            issues=ids_of(self.issues),
            territories=ids_of(self.territories),
            tags=tuple(self.tag_names()[:MOST_TAGS]),
            spot=self.spot.data or "",
        )

    @classmethod
    def of_words(cls, words: dict[str, Any]) -> "IdeaForm":
        """Fill the form with the words of a held revision."""
        more = {"community": words["community_id"], "tags": ", ".join(words["tags"]), "asked": words.get("spot")}
        return cls(formdata=None, data=words | more)

    @classmethod
    def of(cls, idea: Idea, placing: Placing) -> "IdeaForm":
        """Fill the form with an idea as it is stored."""
        return cls(
            formdata=None,
            data={
                "kind": idea.kind,
                "title": idea.title,
                "body": idea.body,
                "lang": idea.lang,
                "community": idea.community_id,
                "communities": placing.communities,
                "issues": placing.issues,
                "territories": placing.territories,
                "tags": ", ".join(name for _slug, name in placing.tags),
                "spot": idea.spot,
                "asked": "" if idea.is_draft else idea.spot,
            },
        )


class ReasonForm(Form):
    reason = text_field(
        _l("Motif public"), Visible(), limits(*REASON), most=REASON[1], description=_l("Tout le monde lira ce motif.")
    )


class NearForm(Form):
    """What is read of the form of an idea while its title is typed; the rest is sent with it, and left aside."""

    title = line_field("", Visible(), most=TITLE[1])
    community = HiddenField(filters=[parse_id])
    territories = BoxesField(coerce=parse_id, validate_choice=False)

    def places(self) -> tuple[int, ...]:
        """Return the ids of the territories that are ticked."""
        return ids_of(self.territories)


class PreviewForm(Form):
    text = text_field("", most=BODY)
