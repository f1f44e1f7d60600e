"""Words of social development that say nearly the same: where one member writes « aînés », another writes « seniors ».

One group of synonyms a line, in folded words; a compound is one word (`sansabri`). A word may stand in several lines:
it is a synonym of the words of each, which are none of each other for that. Each form of a word is meant, by the rules
of search.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from app.search import stems

_FAMILIES = """
aine aines agee ages senior seniors vieux vieillir vieillissement vieillesse retraite grandparent elderly
jeune jeunesse ado adolescent adolescence mineur youth teenager
enfant enfance bambin bebe petits toutpetit kid child children
famille parent parental familial maman papa mere pere
garderie cpe creche garde gardiennage haltegarderie poupon daycare
ecole scolaire eleve ecolier etablissement lycee lyceen college enseignement enseignant education classe school
universite universitaire cegep collegial etudiant campus
former formation enseigner enseignement apprendre apprentissage cours atelier initier initiation education eduquer
sensibiliser sensibilisation eduquer prevenir prevention informer campagne
alphabetisation litteratie lecture lire illettrisme bibliotheque livre
francisation francais langue
immigrant immigration migrant immigre arrivant refugie accueil newcomer
intergenerationnel generation
interculturel diversite multiculturel
autochtone mohawk inuit
autobus bus transport navette minibus tramway train metro taxibus transit
taxi navette taxibus raccompagnement
covoiturage covoiturer autopartage voiture auto
voiture auto automobile vehicule stationnement stationner parking garer circulation car
stationnement parking garer stationner
velo bicyclette cyclable cycliste cyclisme pistecyclable bike bicycle
pieton pietonne marche marcher trottoir traverse pietonnier pietonnisation
rue route chaussee voirie chemin boulevard
vitesse ralentir ralentisseur dosdane apaiser apaisement radar
deneiger deneigement neige hiver glace verglas
logement logis loger habitation habitat hlm loyer locataire appartement housing
loyer locatif locataire proprietaire bail
maison maisonnette habitation domicile residence
itinerance itinerant sansabri sdf domicile refuge hebergement halte homeless
hebergement heberger refuge maisonhebergement logement
violence victime violent agression maltraitance harcelement abus conjugal
harcelement cyberharcelement intimidation harceler
prison detenu detenue carceral penitentiaire incarcere prisonnier detention
police policier securite agent surveillance
securite securitaire securiser surete protection
proteger protection sauvegarder preserver preservation defendre conserver conservation
epicerie aliment alimentaire alimentation nourriture denree depanneur supermarche grocery food
nourriture faim manger repas lunch collation cantine popote cuisine diner dejeuner traiteur
frigo refrigerateur congelateur frigidaire fridge
cuisine cuisiner recette repas cooking
jardin jardinage jardiner potager bac serre plantation garden
legume fruit recolte maraicher glaner glanage verger
ferme agricole agriculteur agriculture cultivateur producteur fermier farm
marche kiosque etal producteur
gaspillage gaspiller gaspi invendu surplus
gratuit gratuite gratuitement frais free
pauvrete pauvre precarite precaire misere demuni revenu faim defavorise vulnerable
argent budget budgetaire financement financer finance fonds depense subvention bilan
depense recette frais cout prix tarif tarification tarifaire facture
tarif tarification prix cout loyer abordable
dette endettement surendettement credit
emploi travail travailleur embauche employeur chomage job metier salarie
entreprise commerce commercant magasin boutique commercial business
benevole benevolat volontaire volontariat entraide volunteer
entraide solidarite solidaire entraider soutien
voisin voisinage quartier voisinnage
association organisme associatif osbl obnl communautaire
isolement solitude isole seul isoler loneliness
aidant proche aidante repit
medecin medical sante clinique hopital soin infirmier docteur medecine clsc hospitalier health doctor
psychologue psychologique psychologie mental psychosocial detresse anxiete suicide
soin soigner traitement therapie
dentiste dentaire dent
drogue toxicomanie dependance surdose alcool consommation toxicomane
tabac cigarette fumer fumeur megot tabagisme vapotage
handicap handicape fauteuil mobilite accessible accessibilite rampe disability incapacite
sourd malentendant lsf lsq signe signes
aveugle malvoyant braille visuel
autiste autisme neurodivergent
sport sportif gymnase gym loisir activite terrain
piscine baignade baigner nager natation plage pataugeoire
patinoire patin hockey arena
loisir jeu jeux jouer animation activite divertissement
culture culturel art artiste artistique spectacle musique concert theatre
fete festival evenement celebration
patrimoine historique histoire monument heritage
tourisme touriste touristique
parc vert verdir verdissement arbre plantation vegetaliser vegetalisation boise foret reboisement nature green tree
banc bancs siege asseoir reposer
toilette toilettes wc sanitaire urinoir
fontaine robinet abreuvoir eau
eau riviere lac fleuve ruisseau berge nappe water
canicule chaleur fraicheur rafraichir climatisation ilot
dechet poubelle ordure matieres organiques recyclage recycler compost compostage composter tri proprete detritus waste
ordure poubelle encombrants
recyclage recycler recuperation reemploi ressourcerie recyclerie friperie
vetement habit friperie linge
consigne vrac emballage plastique
reparation reparer repaircafe bricolage bricoler depannage
outil outils materiel outilotheque
pret preter emprunter location partage
partage partager echange echanger troc don donner donnerie
pollution polluer pollue qualite particules contamination
bruit sonore nuisance tapage
pesticide herbicide insecticide glyphosate
climat climatique carbone ges environnement environnemental ecologie ecologique empreinte rechauffement
energie energetique electricite chauffage solaire eolien isolation energy
eclairage eclairer lampadaire lumiere lumineux
borne recharge electrique
animal chien chat animaux canin pet
abeille ruche pollinisateur apiculture
internet web net numerique digital ligne connexion informatique online
connexion connecter reseau internet wifi haut debit fibre 4g 5g
fibre thd debit haut bande
wifi hotspot
numerique digital dematerialisation dematerialiser numerisation electronique informatique
electronique numerique internet ligne virtuel
ordinateur tablette ecran
informatique programmation code codage coder developpeur
logiciel programme software application
libre ouvert open opensource gnu linux libreoffice gpl copyleft
courriel email mail mails messagerie courrier emails electronique
courriel spam pourriel indesirable demarchage
telephone telephonie telephonique cabine cellulaire mobile smartphone portable appel phone
sms texto
publicite pub publicitaire annonce annonceur affichage
vieprivee privee confidentialite personnelles renseignements nominatif intime
donnees data opendata information
chiffrement chiffrer cryptage crypter decrypter
cookies mouchard temoin pistage traceur
oubli effacement suppression
alerte lanceur denonciation signalement
vote voter votation election electoral electeur scrutin elire referendum
citoyen habitant resident population civique citizen
participation participatif consultation consulter democratie democratique concertation contributif implication impliquer
elu maire depute conseiller ministre politicien mandat
municipal municipalite mairie ville commune village
loi legislation legislatif juridique texte droit reglement reglementation
reglementation reglementer reglement encadrer encadrement regulation regle normes
administration administratif paperasse formulaire demarche guichet bureaucratie fonctionnaire
guichet portail
transparence transparent publication publier ouverture ouvrir divulgation diffusion diffuser
recherche scientifique science chercheur
publication article revue edition editeur
deces mort mortuaire testament posthume funeraire heritage
sanction sanctionner amende penalite punir contravention
taxe impot redevance fiscal fiscalite taxation
interdire interdiction bannir supprimer suppression abolir prohiber
reduire reduction limiter limitation baisser diminuer plafonner plafond
egalite inegalite equite equitable discrimination egal
femme feminin feministe feminisme woman women
ethique deontologie moral
reconnaissance facial biometrique biometrie
propriete proprietaire appartenir individuel
obsolescence reparabilite durabilite
liberte libre choix
journal media information presse bulletin infolettre
calendrier agenda horaire
carte plan cartographie cartographier map
batiment edifice immeuble local locaux eglise vacant vide
couture tricot tricoter coudre
cafe bistro
accompagnement accompagner mentorat mentor jumelage jumeler parrainage parrainer
medecin pharmacie medicament
inondation crue inonder
neutre neutralite
brun composter compost organiques
"""
_LINES = tuple(tuple(line.split()) for line in _FAMILIES.strip().splitlines())


@lru_cache(maxsize=1)
def _numbers() -> dict[str, frozenset[int]]:
    """Return the numbers of the groups of synonyms of each stem key; made once per process."""
    found = defaultdict[str, set[int]](set)
    for number, words in enumerate(_LINES):
        for key in {key for word in words for key in get_keys(word)}:
            found[key].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def get_keys(word: str) -> frozenset[str]:
    """Return a word with the stem keys that its forms share."""
    return frozenset({f"={word}", *stems.get_keys(word)})


def get_group_ids(keys: Iterable[str]) -> frozenset[int]:
    """Return the numbers of the groups of synonyms of a word, given by its stem keys."""
    return frozenset().union(*(_numbers().get(key, ()) for key in keys))


def get_words(numbers: Iterable[int]) -> set[str]:
    """Return the words of these groups of synonyms, given by number."""
    return {word for number in numbers for word in _LINES[number]}
