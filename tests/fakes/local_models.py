"""Small models with random weights, saved as users have them on disk; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,:?-'"
_MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = (
    "the", "data", "is", "in", "at", "rest", "kept", "keep", "where", "does", "region", "norway",
    "backup", "customer", "stored", "which", "and", "of", "for", "a",
)  # fmt: skip
_WIDTH = 48
"""Of the transformer; other than that of any model that comes with the project."""


def _tokenizer(longest: int) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    pieces = [*_MARKS, *WORDS, *_LETTERS, *(f"##{one}" for one in _LETTERS)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    made = Tokenizer(models.WordPiece(vocab=vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )  # fmt: skip
    return PreTrainedTokenizerFast(
        tokenizer_object=made, model_max_length=longest, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
    )  # fmt: skip


def _configuration(longest: int, **more: Any) -> Any:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=len(_MARKS) + len(WORDS) + 2 * len(_LETTERS), hidden_size=_WIDTH,
        num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=longest, **more,
    )  # fmt: skip


def write_cross_encoder(folder: Path, *, labels: int = 1, longest: int = 128) -> Path:
    """Save a cross-encoder; with one label it judges how well a passage answers."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(7)
    made = BertForSequenceClassification(_configuration(longest, num_labels=labels))
    # Weights as they are drawn give nearly one score to all pairs.
    torch.nn.init.normal_(made.classifier.weight, std=5.0)
    made.save_pretrained(folder)
    _tokenizer(longest).save_pretrained(folder)
    return folder


def write_encoder(
    folder: Path,
    *,
    pooling: str = "cls",
    dense: int = 0,
    prompts: dict[str, str] | None = None,
    longest: int = 64,
    seed: int = 7,
) -> Path:
    """Save a sentence-transformers model of 48 dimensions, or of as many as `dense` says."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.dense import Dense
    from sentence_transformers.base.modules.transformer import Transformer
    from sentence_transformers.sentence_transformer.modules.pooling import Pooling
    from transformers import BertModel

    torch.manual_seed(seed)
    inner = folder.with_name(f".{folder.name}.transformer")
    # Larger than usual, so that texts differ although nothing was learned.
    BertModel(_configuration(longest, initializer_range=0.3)).save_pretrained(inner)
    _tokenizer(longest).save_pretrained(inner)
    parts: Iterable[Any] = [Transformer(str(inner)), Pooling(_WIDTH, pooling_mode=pooling)]
    if dense:
        parts = [*parts, Dense(_WIDTH, dense)]
    model = SentenceTransformer(modules=list(parts), device="cpu", prompts=prompts)
    model.save_pretrained(str(folder), create_model_card=False)
    return folder
