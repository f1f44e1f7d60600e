"""Pairs of French words that a search must take for forms of one, or must not, by what makes them so.

They were chosen by hand in the vocabulary of social development, for the rule and not for the engine. A pair is written
`what is typed/what the text has`.
"""

MEET = {
    "plural": """
        école/écoles loyers/loyer emploi/emplois milieux/milieu quartier/quartiers journal/journaux hôpital/hôpitaux
        festival/festivals canaux/canal matériau/matériaux tuyau/tuyaux choix/choix chou/choux genou/genoux feu/feux
        an/ans travail/travaux bail/baux château/châteaux animal/animaux tribunal/tribunaux mondial/mondiaux taux/taux
        rabais/rabais autobus/autobus drapeau/drapeaux clés/clé progrès/progrès cheval/chevaux œil/yeux jeu/jeux
        réseau/réseaux niveaux/niveau principal/principaux régionaux/régional organisme/organismes lieux/lieu neveu/neveux
    """,
    "feminine": """
        directeur/directrice animateur/animatrices coiffeuse/coiffeur conseiller/conseillère banquier/banquière
        étranger/étrangère premier/première dernières/dernier créatif/créative sportives/sportif ancien/anciennes bon/bonne
        gentil/gentille naturel/naturelles pareil/pareille net/nette complet/complète inquiète/inquiet secret/secrète
        gros/grosse épais/épaisse sec/sèche blanc/blanches long/longue public/publique sérieux/sérieuse jaloux/jalouse
        agricultrice/agriculteur délégué/déléguées québécois/québécoise petit/petites vert/vertes piétonne/piéton
        éducateur/éducatrices maire/mairesse rurales/rural sourd/sourde nouveau/nouvelle vieux/vieilles doux/douce actif/active
        français/française précis/précises divers/diverse mauvaises/mauvais
    """,
    "verb": """
        choisir/choisissent finie/finir jouer/jouons vendre/vendu écrire/écrit lire/lu mettre/mises recevoir/reçue faire/font
        vivre/vécu savoir/su bâtis/bâtir réunir/réunissent offrir/offerte acheter/achètent appeler/appellent jeter/jette
        espérer/espèrent commencer/commençons mangeons/manger envoyer/envoient employer/emploient créer/créées lancer/lançons
        accueillir/accueille maintenir/maintenus répondre/répondent joindre/joint inscrits/inscrire connaître/connu
        atteindre/atteints produire/produits permettre/permis entreprendre/entrepris découvrir/découverts marcher/marchait
        permettraient/permet suffisent/suffit exclure/exclut convaincre/convaincu
        organisées/organiser financer/financé déneiger/déneigée partager/partageons aménagées/aménager défendre/défendu
        suivre/suivi servir/sert soutenir/soutiennent
        donner/donnent donner/donné loger/logeons covoiturer/covoiturent présenter/présentée compléter/complète agir/agissent
        conclure/conclu naître/née recueillir/recueillies endormir/endormie revenir/revient diminuer/diminuent payer/paie
        retraiter/retraitées employée/employés sécréter/sécrètent végétaliser/végétalisées
    """,
    "feminine that is a verb too": """
        présent/présente complet/complète secret/secrètes précise/précis lourd/lourde actif/active second/seconde
        patient/patiente permanents/permanente concrètes/concret diffus/diffuse
    """,
    "inclusive": """
        directeur·trice·s/directrices employé·e·s/employés conseiller·ère·s/conseillère citoyen.ne.s/citoyenne
        citoyens/citoyen·ne·s habitants/habitant-e-s élu(e)s/élues client(e)s/cliente professionnel·le·s/professionnelles
        ami·e·s/amis chercheur·se·s/chercheuse musicien-ne/musicienne administrateur.trice.s/administratrices
        étudiant•e•s/étudiant sportif·ive·s/sportive voisine/voisin·e·s usagère/usager·ère·s travailleurs/travailleur·euse·s
    """,
    "sign": """
        ECOLES/école sante/santé hopital/hôpital chateauguay/Châteauguay francais/français coeur/cœur oeufs/œufs cœur/coeur
        école/l’école aînés/d'aînés habitent/qu’habitent hiver/l’hiver œuvre/l'œuvre idée/l’Idée aujourd'hui/aujourd’hui
        covoiturage/co-voiturage co-voiturage/covoiturage centre-ville/centre-ville ville/centre-ville
    """,
}
APART = {
    "neighbour": """
        logement/logiciel école/écologie santé/santon maison/maisonnette transport/transfert jardin/jargon enfant/enfance
        route/routine marché/marchand pont/ponton train/traineau lac/lacet plage/plagiat musée/musique cinéma/cinétique
        sport/sporadique équipe/équité formation/format garde/gardénia budget/buffet ville/vilain village/villa vie/vidéo
        eau/eczéma terre/terreur pain/pâte lait/laitue pomme/pommade bois/boisson hiver/hibou société/sociable région/règle
        pauvre/pavé dette/détail salaire/salade chômage/chemin retraite/retard parent/parenthèse mère/mètre père/perte soin/soif
        prévention/prévision violence/violon accueil/accusation langue/langoureux lecture/lectorat livre/livraison
        rivière/rivage trottoir/trot piste/piston bus/bustier gare/garage voiture/voie compost/composition énergie/énervé
        bus/bois bois/boire prix/pris
    """,
    "other family": """
        cher/chez données/donner données/don donnée/donner donne/don soir/soit mois/moi fois/foi cas/ça vie/vient soi/soir
        france/franc agent/âge moment/môme mille/millions voiture/vouloir port/porte poste/post class/classe coup/coupe
        vent/vente parc/parce goût/goutte train/traîne navet/navette médecin/médecine tante/tant stade/stad mare/marée
        lieu/lieue pouls/poule accès/accent angle/anglais étrange/étranger usage/usager région/régie regard/regarde
        maintenir/maintenant pendre/pendant courir/cours fondre/fonds sentir/sens partir/partie partir/part lire/lit nuire/nuit
        livrer/livre téter/tête jeûner/jeune élever/élèves poster/poste violer/violent sortir/sorte voir/voie
        entreprendre/entreprises revenir/revenu attenter/attente bander/bande graver/grave boiter/boîte noter/notions
        passer/passions penser/pensions présider/président exceller/excellent opter/options verser/versions mentir/mentions
        devoir/du plaire/plus retrait/retraite sauf/sauve soirée/soir année/âne
    """,
}


def pairs(tables: dict[str, str]) -> list[tuple[str, str]]:
    return [(typed, text) for table in tables.values() for typed, _slash, text in map(_cut, table.split())]


def _cut(pair: str) -> tuple[str, str, str]:
    return pair.partition("/")
