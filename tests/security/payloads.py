"""What an attacker types: queries, templates, paths, headers, commands, markup and numbers that are none."""
SQL = (
    "'", "\"", "''", "\\'", "' OR '1'='1", "' OR 1=1 --", "1 OR 1=1", "1; DROP TABLE ideas; --", "'; DELETE FROM users; --",
    "' UNION SELECT password FROM users --", "') OR ('a'='a", "1' AND sleep(5) --", "'; SELECT pg_sleep(5); --", "1) ORDER BY 99 --",
    "%' AND email LIKE '%@%", "_%", "%", "\\", "$$; SELECT 1; $$", "$1", ":id", "%(id)s", "?", "0x27", "/**/OR/**/1=1", "'||(SELECT 1)||'",
    "1 IN (SELECT 1)", "CASE WHEN 1=1 THEN 1 ELSE 0 END", "ideas.id", "id; --", "recent' DESC --", "(SELECT 1)")
TEMPLATES = (
    "{{7*7}}", "{{ config }}", "{% include '/etc/passwd' %}", "{{''.__class__.__mro__[1].__subclasses__()}}", "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "{{request.application.__globals__}}", "%(message)s", "%s%s%s%n", "{0.__class__}", "{self}", "{{'{%'}}raw%}", "[[7*7]]")
PATHS = (
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd\x00.html", "file:///etc/passwd", "....//....//etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc", "templates/layout/base.html", "\\\\evil.example\\share", "php://filter/resource=index", "/proc/self/environ")
HEADERS = (
    "a\r\nSet-Cookie: session=evil", "a\nLocation: https://evil.example", "a%0d%0aX-Evil: 1", "a\u0085b", "a\u2028b", "=?utf-8?q?evil?=",
    "x@example.org\nBcc: all@example.org", "\"<x@example.org>, <y@example.org>", "https://evil.example", "//evil.example", "/\\evil.example",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>")
COMMANDS = ("; cat /etc/passwd", "| id", "`id`", "$(id)", "& ping -c 1 evil.example", "=cmd|'/c calc'!A1", "() { :; }; id", "!!python/object")
MARKUP = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>", "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>", "<!--", "]]>", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
    "&lt;script&gt;", "<iframe src=//evil.example>", "\" autofocus onfocus=alert(1) x=\"")
NUMBERS = ("-1", "0", "1e309", "NaN", "99999999999999999999", "１", "0x1", "1.5", "1,2", "null", "undefined", "true", "[]", "{}",
           "999999999", "2147483647", "2147483648", "9223372036854775808", "9" * 400, "9" * 5000)
TEXTS = ("\x00", "a\x00b", "\ufffe", "‮", "\u200b", "é" * 300, "A" * 70_000, " ", "\t\n")
ALL = SQL + TEMPLATES + PATHS + HEADERS + COMMANDS + MARKUP + NUMBERS + TEXTS
