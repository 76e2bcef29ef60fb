"""Gradio's components in the page's own tokens: `ui/web/style/tokens.css` has the values."""

from __future__ import annotations

import gradio as gr

_FONTS = ("system-ui", "sans-serif")
_MONO = ("ui-monospace", "monospace")
_TOKENS = {
    "body_background_fill": "surface",
    "body_text_color": "text",
    "body_text_color_subdued": "text-2",
    "background_fill_primary": "surface",
    "background_fill_secondary": "surface-2",
    "border_color_primary": "line",
    "border_color_accent": "accent",
    "color_accent_soft": "accent-soft",
    "link_text_color": "accent",
    "link_text_color_hover": "accent-strong",
    "link_text_color_active": "accent-strong",
    "link_text_color_visited": "accent",
    "block_background_fill": "surface",
    "block_border_color": "line",
    "block_label_background_fill": "surface",
    "block_label_text_color": "text-2",
    "block_title_text_color": "text",
    "block_info_text_color": "text-2",
    "panel_background_fill": "surface-2",
    "input_background_fill": "surface",
    "input_background_fill_focus": "surface",
    "input_border_color": "line-strong",
    "input_border_color_focus": "accent",
    "input_placeholder_color": "text-2",
    "checkbox_background_color": "surface",
    "checkbox_background_color_selected": "accent",
    "checkbox_border_color": "line-strong",
    "checkbox_border_color_selected": "accent",
    "checkbox_label_background_fill": "surface",
    "checkbox_label_background_fill_hover": "surface-3",
    "checkbox_label_background_fill_selected": "accent-soft",
    "checkbox_label_border_color": "line-strong",
    "checkbox_label_text_color": "text",
    "checkbox_label_text_color_selected": "text",
    "button_primary_background_fill": "accent",
    "button_primary_background_fill_hover": "accent-strong",
    "button_primary_border_color": "accent",
    "button_primary_text_color": "on-accent",
    "button_primary_text_color_hover": "on-accent",
    "button_secondary_background_fill": "surface",
    "button_secondary_background_fill_hover": "surface-3",
    "button_secondary_border_color": "line-strong",
    "button_secondary_text_color": "text",
    "button_secondary_text_color_hover": "text",
    "button_cancel_background_fill": "surface",
    "button_cancel_background_fill_hover": "bad-soft",
    "button_cancel_text_color": "bad",
    "error_background_fill": "bad-soft",
    "error_border_color": "bad",
    "error_text_color": "bad",
    "table_border_color": "line",
    "table_even_background_fill": "surface",
    "table_odd_background_fill": "surface-2",
    "table_row_focus": "accent-soft",
    "table_text_color": "text",
    "code_background_fill": "surface-2",
    "slider_color": "accent",
    "loader_color": "accent",
}
"""Gradio's name of a colour, and the token that it is; a token knows light and dark itself."""
_PLAIN = {
    "block_border_width": "0px",
    "block_padding": "var(--ra-space-2) 0",
    "block_shadow": "none",
    "block_label_text_size": "var(--ra-size-1)",
    "block_title_text_size": "var(--ra-size-1)",
    "block_title_text_weight": "600",
    "block_radius": "var(--ra-radius)",
    "button_border_width": "1px",
    "button_large_padding": "var(--ra-space-2) var(--ra-space-4)",
    "button_large_radius": "var(--ra-radius)",
    "button_large_text_size": "var(--ra-size-2)",
    "button_large_text_weight": "600",
    "button_small_radius": "var(--ra-radius)",
    "button_small_text_weight": "500",
    "button_transition": "none",
    "container_radius": "var(--ra-radius)",
    "form_gap_width": "var(--ra-space-4)",
    "input_border_width": "1px",
    "input_radius": "var(--ra-radius)",
    "input_text_size": "var(--ra-size-2)",
    "layout_gap": "var(--ra-space-4)",
}
"""Measures; Gradio has no dark ones of them."""


def theme() -> gr.themes.Base:
    """Return the theme; both of its schemes are the tokens', so that no colour is said twice."""
    made = gr.themes.Base(
        font=[gr.themes.Font(name) for name in _FONTS],
        font_mono=[gr.themes.Font(name) for name in _MONO],
    )
    colours = {name: f"var(--ra-{token})" for name, token in _TOKENS.items()}
    dark = {f"{name}_dark": value for name, value in colours.items()}
    return made.set(**colours, **dark, **_PLAIN)
