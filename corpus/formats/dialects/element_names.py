"""What the names of elements, components, shortcodes and directives say."""

from __future__ import annotations

NOTES = frozenset(
    ("abstract", "admonition", "alert", "announcement", "aside", "attention", "bug", "callout",
     "caution", "check", "danger", "deprecated", "disclaimer", "error", "failure", "fail", "hint",
     "important", "info", "information", "message", "note", "notice", "prereq", "prerequisites",
     "question", "quote", "secondary", "seealso", "success", "tip", "todo", "warn", "warning",
     "youtube-note", "highlightbox", "pullquote", "pageinfo", "banner")
)  # fmt: skip
TABS = frozenset(
    ("tab", "tabitem", "tabs.tab", "tabs.item", "tabpanel", "tabs.panel", "tab-item", "tab-panel",
     "mac", "windows", "linux", "webui", "cli", "desktop", "codespaces", "vscode", "api",
     "curl", "powershell", "bash", "jetbrains", "visualstudio", "xcode", "eclipse", "mobile")
)  # fmt: skip
PLATFORMS = frozenset(
    ("mac", "windows", "linux", "webui", "cli", "desktop", "codespaces", "vscode", "api", "curl",
     "powershell", "bash", "jetbrains", "visualstudio", "xcode", "eclipse", "mobile")
)  # fmt: skip
"""Of what readers use; each of them is a tab of its own in GitHub's documentation."""
TAB_GROUPS = frozenset(
    ("tabs", "tabgroup", "tab-set", "tab-group", "tabpane", "codetabs", "codegroup", "code-group",
     "code_tabs", "tabset", "panel-tabset", "tabs.root", "tabs.content", "tabcontent")
)  # fmt: skip
ZONES = frozenset(("zone", "moniker", "ifversion", "versions", "view", "audience", "conditional"))
CONDITIONS = frozenset(
    ("if", "unless", "ifnotversion", "case", "when", "else", "elsif", "elseif", "for")
)
INCLUDES = frozenset(
    ("include", "include_relative", "include_cached", "include-markdown", "includemarkdown",
     "include_file", "readfile", "snippet", "partial", "import", "embed-md", "content",
     "literalinclude", "transclude", "code-file", "render", "component", "indented_data_reference",
     "includes", "codeinclude", "remotemarkdown", "code_snippet")
)  # fmt: skip
REFERENCES = frozenset(
    ("ref", "relref", "link", "post_url", "xref", "absurl", "relurl", "url", "asset_path", "static")
)
IMAGES = frozenset(
    ("img", "image", "figure-image", "picture", "themedimage", "imgproc", "img-sized", "icon",
     "svg", "zoom", "zoomimage", "thumbnail", "themedimg", "screenshot", "lightbox", "imageview",
     "responsiveimage", "fa", "faicon", "fontawesome", "cdn-image")
)  # fmt: skip
MEDIA = frozenset(
    ("video", "audio", "iframe", "embed", "object", "youtube", "vimeo", "youtubeembed",
     "youtube-lite", "loom", "tweet", "twitter", "gist", "canvas", "applet", "reactplayer",
     "liteyoutubeembed", "wistia", "asciinema", "codepen", "codesandbox", "stackblitz")
)  # fmt: skip
SILENT = frozenset(
    ("toc", "table-of-contents", "tableofcontents", "toctree", "contents", "rowheaders",
     "endrowheaders", "clear", "break", "pagebreak", "newpage", "head", "link", "meta", "base",
     "assign", "layout", "section_menu", "markdowninhtml", "nav", "wbr", "col", "colgroup",
     "comment", "endcomment", "endraw", "raw", "content-ref", "no_toc")
)  # fmt: skip
"""What takes no words from the page when it goes."""
VARIABLES = frozenset(("param", "var", "variable", "meta", "env"))
CODE_DIRECTIVES = frozenset(
    ("code", "code-block", "code-cell", "sourcecode", "python", "r", "julia", "bash", "sh", "js",
     "javascript", "ojs", "sql", "mermaid", "dot", "graphviz", "math", "eval-rst", "raw", "html",
     "latex", "highlight", "ipython", "stata", "observable", "plantuml", "mermaid-example")
)  # fmt: skip
"""Names of fences that hold code although they are written as directives."""
DIAGRAMS = frozenset(("mermaid",))
"""What is drawn wherever it is shown; its code is nothing that readers see."""

LINE_ELEMENTS = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
     "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rb", "rp", "rt", "ruby",
     "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
     "input", "button", "select", "option", "textarea", "meter", "progress", "slot", "math", "mi",
     "mo", "mn", "mrow", "msup", "msub", "title", "path", "g", "circle", "rect", "line", "defs",
     "polygon", "polyline", "use", "text", "tspan", "svg", "img", "br", "wbr", "picture", "source",
     "track", "param", "map", "area", "object", "video", "audio", "embed", "iframe", "canvas",
     "script", "style", "template", "noscript")
)  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
RENDERED = frozenset(("table", "ul", "ol", "dl", "menu"))
"""What the renderer of web pages makes Markdown of."""
PARTS = frozenset(
    ("table", "ul", "ol", "dl", "menu", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody",
     "tfoot", "caption", "p", "div", "blockquote", *HEADINGS)
)  # fmt: skip
"""What stays an element where a table or a list is rendered."""
BLOCK_ELEMENTS = frozenset(
    ("address", "article", "aside", "body", "center", "details", "dialog", "fieldset",
     "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr", "html",
     "legend", "main", "nav", "pre", "search", "section", "summary", "optgroup", "head", "meta",
     "link", "base", "col", "colgroup", "frame", "marquee", *PARTS)
)  # fmt: skip
HTML = LINE_ELEMENTS | BLOCK_ELEMENTS
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr")
)  # fmt: skip
UNSURE = frozenset(
    ("address", "area", "audio", "base", "body", "button", "canvas", "caption", "circle", "cite",
     "code", "content", "data", "details", "dialog", "embed", "figure", "footer", "form", "frame",
     "g", "head", "header", "html", "iframe", "input", "label", "legend", "line", "link", "main",
     "map", "math", "menu", "meta", "meter", "object", "option", "output", "param", "path",
     "picture", "polygon", "progress", "rect", "search", "section", "select", "slot", "source",
     "style", "script", "summary", "svg", "table", "template", "text", "textarea", "time", "title",
     "track", "use", "var", "video", "article", "aside", "nav", "mark", "q", "s", "a", "i", "u")
)  # fmt: skip
"""Names of elements that people also write for something to fill in: `<label>`."""
SAID = (
    "title", "label", "heading", "header", "question", "summary", "text", "caption", "subtitle",
    "description",
)  # fmt: skip
"""Attributes that a component shows, in the order in which it does."""
EMOJI = {
    ":white_check_mark:": "✅", ":heavy_check_mark:": "✔", ":ballot_box_with_check:": "☑",
    ":x:": "❌", ":heavy_multiplication_x:": "✖", ":negative_squared_cross_mark:": "❎",
    ":no_entry_sign:": "🚫", ":warning:": "⚠",
}  # fmt: skip
EMOJI_NAME = r":(?:white_check_mark|heavy_check_mark|ballot_box_with_check|x|warning|no_entry_sign|heavy_multiplication_x|negative_squared_cross_mark):"  # noqa: E501
