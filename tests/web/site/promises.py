"""What the texts of the site promise, and the test that shows each promise true: part of a line, then where."""

PROVEN = {
    "about": {
        "La lecture est libre": "browser/test_reading.py::test_a_visitor_reads_from_home_to_a_comment_a_community_and_its_news",
        "Un compte sert à écrire, à commenter et à appuyer": "browser/test_taking_part.py::"
                                                             "test_someone_registers_confirms_posts_is_answered_and_supported",
        "celle qui attend trop longtemps une réponse est rappelée":
            "notifications/test_reminders.py::test_only_what_waits_longer_than_the_community_wants_is_counted",
        "rejoignent [un seul plan](/plan)": "plan/test_links.py::test_a_team_links_at_once_and_the_idea_follows_the_action_that_the_step_names",
        "de quelles voix elle part": "web/journey/test_journey.py::test_from_the_plan_back_to_every_voice_and_to_those_who_support_them",
        "impasses comprises": "web/journey/test_journey.py::test_the_journey_goes_from_a_voice_to_a_result_with_its_dead_ends",
        "qui dit où elle en est": "web/plan/test_bulletins.py::test_the_coordination_gives_the_charge_of_an_action_and_takes_it_back",
        "suit celle de l’action": "plan/test_statuses.py::test_the_furthest_of_several_actions_leads_and_the_step_names_whoever_moved_it",
        "en sont avisés": "notifications/test_plan.py::test_each_is_told_once_of_what_moves_an_action_by_the_best_way_that_leads_to_them",
        "Chaque jalon franchi dit ce qui le prouve":
            "web/plan/test_bulletins.py::test_a_holder_ticks_a_milestone_with_its_day_and_proof_and_the_page_says_it",
        "Une action abandonnée dit pourquoi":
            "web/plan/test_links.py::test_an_action_that_is_dropped_sends_its_ideas_back_to_the_desk_with_the_reason",
        "proposer un lien avec une action":
            "web/plan/test_links.py::test_a_member_proposes_and_the_team_accepts_once_the_idea_is_retained",
        "les lier au plan": "web/plan/test_links.py::test_a_team_links_brings_an_idea_to_an_action_and_ends_the_link_with_a_reason",
        "| Qui tient une action à jour |": "test_permissions.py::test_each_right_is_had_by_exactly_those_named",
        "où elle en est, depuis quand, et pourquoi": "web/ideas/test_answer.py::test_the_last_answer_is_shown_and_the_others_are_folded",
        "des communautés de pratique : ": "web/site/test_promises.py::test_about_names_the_communities_that_are_open_to_all",
        "la coordination répond": "notifications/test_reminders.py::test_coordinators_are_told_where_nobody_facilitates",
        "toutes les versions restent lisibles": "web/ideas/test_read.py::test_versions_are_listed_and_compared_word_by_word",
        "le motif est publié, daté et signé": "web/site/test_promises.py::test_a_decision_is_shown_with_its_reason_its_day_and_who_took_it",
        "sa page le dit": "web/site/test_promises.py::test_an_idea_in_the_plan_says_so",
        "Rien n’est masqué sans motif": "web/moderation/test_measures.py::test_the_public_reads_that_a_comment_was_hidden_and_why_answered_or_not",
        "| Tout le monde |": "test_permissions.py::test_each_right_is_had_by_exactly_those_named",
        "| Les membres |": "test_permissions.py::test_each_right_is_had_by_exactly_those_named",
        "| Les organismes partenaires |": "web/accounts/test_profile.py::test_a_profile_shows_what_was_chosen",
        "| Les équipes d’animation |": "ideas/test_service.py::test_a_facilitator_from_elsewhere_may_not_move_it",
        "| La coordination |": "test_permissions.py::test_each_right_is_had_by_exactly_those_named",
        "elle ne modère pas": "measures/test_contents.py::test_nobody_else_does_not_even_the_administration",
        "Personne ne modifie le texte": "web/site/test_promises.py::test_nobody_edits_the_words_of_another",
        "aucune publicité et ne vous suit pas": "web/frame/test_every_answer.py::test_no_page_holds_anything_inline_or_foreign",
    },
    "charter": {
        "elle changera avec vous": "web/site/test_charter.py::test_a_coordinator_publishes_a_version_that_everybody_reads",
        "et dans aucune autre": "measures/test_contents.py::test_nobody_else_does_not_even_the_administration",
        "relier des idées entre elles": "web/ideas/test_split.py::test_two_ideas_are_put_side_by_side_and_taken_apart",
        "en donnant un motif public": "ideas/test_service.py::test_an_idea_travels_with_reasons_and_only_by_the_road",
        "Le texte est gardé et peut être rétabli": "measures/test_contents.py::test_hiding_keeps_the_words_and_restoring_gives_them_back",
        "lire les premières contributions": "web/moderation/test_first_posts.py::test_the_first_idea_of_a_newcomer_waits_and_they_are_told_what_happens",
        "verrouiller ou ralentir un fil": "appeals/test_undo.py::test_the_law_and_the_table_name_the_same_kinds",
        "avertir une personne": "measures/test_members.py::test_a_facilitator_acts_where_they_have_the_charge",
        "a un motif, et se défait": "appeals/test_undo.py::test_the_law_and_the_table_name_the_same_kinds",
        "ni récrire vos mots": "web/site/test_promises.py::test_nobody_edits_the_words_of_another",
        "qui, quand, pourquoi": "measures/test_contents.py::test_those_in_charge_take_measures_that_are_recorded",
        "Elle seule peut masquer un profil": "web/moderation/profiles/test_hiding.py::"
                                             "test_the_person_reads_theirs_with_the_reason_and_what_they_write_waits_to_be_read",
        "demandez un nouvel examen, une fois, dans les 30 jours":
            "appeals/test_appeals.py::test_it_is_asked_once_in_time_while_it_has_effect_and_by_the_person_concerned",
        "qui n’a pas pris la décision": "appeals/test_judgements.py::test_whoever_took_the_measure_does_not_judge_nor_does_who_reported",
    },
    "privacy": {
        "**À la coordination** : votre nom, si d’autres le lisent déjà":
            "web/communities/test_keeping.py::test_somebody_joins_a_team_by_their_name_and_nobody_of_the_administration_is_found",
        "un nom, une adresse courriel, un mot de passe": "web/accounts/test_registering.py::test_the_account_holds_what_was_typed_and_shows_nothing_of_it",
        "ne voient que votre nom": "web/accounts/test_profile.py::test_a_profile_shows_the_name_alone_by_default",
        "Vos appuis sont anonymes": "web/votes/test_support.py::test_the_name_is_not_shown_unless_it_is_asked",
        "Aucun service d’une autre entreprise": "web/frame/test_every_answer.py::test_no_page_holds_anything_inline_or_foreign",
        "voir, corriger et faire effacer": "web/accounts/test_profile.py::test_everything_may_be_taken_back",
        "| Votre langue |": "web/accounts/test_profile.py::test_the_language_is_kept_for_pages_and_mails",
        "Seule l’administration du site la lit": "accounts/test_accesses.py::test_the_person_reads_by_whom_by_role_and_when",
        "calculée avec argon2id": "web/accounts/test_registering.py::test_the_account_holds_what_was_typed_and_shows_nothing_of_it",
        "nous gardons ce qu’il faut pour la faire fonctionner":
            "web/accounts/test_second_factor.py::test_turning_it_off_asks_for_the_password_and_forgets_everything",
        "Nous notons la version que vous avez acceptée": "web/accounts/test_registering.py::test_what_was_accepted_is_recorded_with_its_version",
        "l’accepter de nouveau avant votre prochaine contribution": "web/site/test_charter.py::test_whoever_begins_to_write_reads_it_first",
        "lire ne le demande pas": "web/site/test_charter.py::test_reading_never_asks_and_says_that_it_changed",
        "la date de sa version": "web/site/test_pages.py::test_a_text_is_there_in_both_languages_with_its_version",
        "retirer votre consentement en tout temps": "web/site/test_charter.py::test_whoever_disagrees_takes_back_what_is_theirs_and_leaves",
        "**Seulement si vous le choisissez**": "web/accounts/test_profile.py::test_a_profile_shows_what_was_chosen",
        "la liste de vos contributions": "web/accounts/test_profile.py::test_a_profile_shows_the_public_contributions_of_those_who_want_it",
        "**Jamais**": "security/test_canary.py::test_nobody_meets_a_word_that_is_not_for_them",
        "si ce site le permet": "web/site/test_pages.py::test_a_site_that_wants_no_robots_says_so",
        "dans une communauté privée n’est lu que par": "communities/test_members.py::test_privacy_is_chosen_once_with_the_ways_of_the_team",
        "| Votre compte |": "web/accounts/test_profile.py::test_leaving_leaves_nothing_personal",
        "| Vos consentements |": "web/accounts/test_profile.py::test_leaving_leaves_nothing_personal",
        "| Une inscription qui n’est jamais confirmée |": "web/accounts/test_confirming.py::test_what_nobody_confirms_goes_away",
        "| Vos contributions |": "ideas/test_leaving.py::test_drafts_go_and_what_was_published_stays_under_a_former_member",
        "90 jours si elle est refusée": "admission/held_revisions/test_reading.py::test_words_that_were_refused_are_forgotten_after_a_season",
        "30 jours sans servir": "web/accounts/test_signing.py::test_a_session_that_serves_no_more_ends",
        "90 jours au plus": "web/accounts/test_ends_of_sessions.py::test_a_session_that_serves_ends_after_ninety_days",
        "vous pouvez y mettre fin vous-même": "web/accounts/test_safety.py::test_sessions_are_listed_and_closed_one_by_one",
        "ne montre ni le compte, ni l’adresse, ni l’adresse réseau": "web/accounts/test_limits.py::test_the_table_tells_nobody_who_tried",
        "| 24 heures |": "accounts/test_limits.py::test_old_attempts_are_forgotten",
        "| Les avis que vous recevez |": "notifications/test_closing.py::test_closing_an_account_erases_its_notices_and_no_others",
        "30 jours après que vous les avez lus": "notifications/test_facts.py::test_what_was_told_long_ago_is_forgotten",
        "| Ce que vous suivez, et comment on vous en avise |":
            "notifications/test_closing.py::test_closing_an_account_erases_what_it_followed_how_far_it_read_and_what_it_chose",
        "rien d’autre de ce que vous lisez":
            "web/notices/test_coming_back.py::test_nothing_is_kept_of_who_follows_nothing_or_has_no_account_nor_after_they_stop",
        "jusqu’à ce que vous ne suiviez plus ce fil ; un an au plus": "web/notices/test_coming_back.py::test_a_visit_is_forgotten_after_a_year",
        "votre compte vous le dit": "web/notices/test_dead_addresses.py::"
                                    "test_its_notices_are_on_the_site_alone_and_the_account_and_administrators_know",
        "jusqu’à ce qu’un courriel y arrive":
            "core/test_dead_addresses.py::"
            "test_an_address_that_takes_a_mail_or_whose_account_closes_is_tried_anew_and_any_is_after_a_year",
        "ne sait pas que c’est vous": "cases/test_decisions.py::test_the_author_is_told_when_it_is_upheld_and_never_who_reported",
        "effacé si vous fermez votre compte": "web/moderation/profiles/test_judging.py::test_a_person_who_leaves_takes_their_hidden_words_along",
        "| 2 ans |": "accounts/test_accesses.py::test_a_reading_is_forgotten_after_two_years",
        "l’adresse s’efface dès que l’invitation a servi":
            "communities/test_invitations.py::test_whoever_has_the_address_comes_in_once_and_the_address_is_forgotten",
        "14 jours pour répondre, puis 30 jours": "communities/test_invitations.py::test_what_ended_a_month_ago_is_forgotten_with_its_address",
        "c’est la même chose pour une adresse que personne n’a": "web/accounts/test_alike.py::test_a_form_does_the_same_work_for_every_address",
        "un jour au plus": "web/accounts/test_alike.py::test_a_request_that_fails_keeps_nobody_waiting_and_is_forgotten_after_a_day",
        "| Les courriels envoyés |": "core/test_mail.py::test_old_mails_are_forgotten_but_not_those_that_are_tried_again",
        "jusqu’à son départ": "accounts/test_what_goes.py::test_what_a_mail_said_of_others_goes_as_it_leaves",
        "30 jours, ou jusqu’à la fermeture": "accounts/test_what_goes.py::test_nothing_that_was_hers_is_left",
        "Il n’y en a que quatre": "web/site/test_promises.py::test_a_browser_gets_three_cookies_at_most_and_one_more_that_only_a_sign_in_sees",
        "`session` : ": "web/accounts/test_signing.py::test_over_https_the_cookie_is_bound_to_the_host",
        "`known` : ": "web/accounts/test_shut_out.py::test_a_browser_is_known_no_more",
        "`lang` : ": "web/site/test_appearance.py::test_the_language_changes_on_the_page_where_it_was_chosen",
        "`theme` : ": "web/site/test_appearance.py::test_the_theme_is_kept_until_the_device_decides_again",
        "Il l’oublie quand vous publiez": "browser/test_nothing_is_lost.py::test_signing_out_leaves_no_word_in_this_browser",
        "sans nommer personne": "web/journal/test_lines.py::test_nobody_is_named",
        "est mis en pause": "web/moderation/test_burst.py::test_whoever_is_frozen_is_told_why_and_what_follows_and_loses_no_word",
        "Vous pouvez changer vous-même": "web/accounts/test_profile.py::test_everything_may_be_taken_back",
        "**Retirer** un appui": "web/votes/test_support.py::test_a_member_supports_by_name_and_takes_it_back",
        "**Fermer votre compte.**": "web/accounts/test_profile.py::test_leaving_leaves_nothing_personal",
        "{privacy_officer_email}": "web/site/test_pages.py::test_the_privacy_officer_can_be_reached_from_every_page",
    },
}

# Lines that bind people and the organisation, which no test can show, or that explain a word.
OF_PEOPLE = {
    "about": (
        "est un lieu public", "**Travailler en coconstruction.**", "est hébergé et animé", "**Une aspiration**", "**Un besoin**",
        "**Une idée**", "**Un projet**", "Vous hésitez entre deux", "**Proposition →", "**À l’étude.**",
        "Voir aussi", "| Qui | Peut |"),
    "charter": (
        "**Parlez de ce que", "**Critiquez les idées", "**Supposez", "**Aucune haine", "**Protégez", "**Soyez vous-même",
        "**Dites vos intérêts", "**Ni publicité", "**Écrivez simplement", "**Respectez", "poser des questions",
        "appelez le 911", "Vos textes restent à vous"),
    "privacy": (
        "Cette page dit", "| Renseignement |", "| Votre nom |", "| Votre adresse courriel |", "| Votre mot de passe |",
        "| Votre municipalité", "| Votre organisme |", "| Quelques mots", "Avant 14 ans", "**Toujours**", "| Quoi |",
        "Les copies de sauvegarde", "Aucun ne sert", "Si un incident", "**Voir** les renseignements", "Une demande écrite",
        "La personne responsable de la protection", "Écrivez d’abord"),
}
