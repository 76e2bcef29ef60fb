#!/bin/sh
# cloudregion 0.0.3 (PyPI) offers, for a city, the region of each provider. For cities that have no
# region of a provider it answers with one in another country, without a word: whoever picks "the
# Dublin region" of Google Cloud by it gets Belgium, for Stockholm Finland. Reference for where the
# regions are: the provider's own list (europe-west1 is St. Ghislain, Belgium; europe-north1 is
# Hamina, Finland).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-deps cloudregion==0.0.3
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version
from importlib.util import find_spec
import runpy, pathlib

folder = pathlib.Path(find_spec("cloudregion").submodule_search_locations[0])
mappings = runpy.run_path(str(folder / "region_data.py"))["REGION_MAPPINGS"]
print("cloudregion", version("cloudregion"))
expected = {
    ("dublin", "gcp"): "europe-west1",
    ("stockholm", "gcp"): "europe-north1",
}
for (city, provider), region in expected.items():
    said = mappings[city]
    said = said[provider] if isinstance(said, dict) else getattr(said, provider)
    print(f"{city}, {provider}: {said}")
    assert said == region, f"changed: {city}, {provider} is now {said}"
PY
