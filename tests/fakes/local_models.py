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
_MANY_MARKS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
"""In the order that models of many languages have them in."""
_SCRIPTS = ((0x20, 0x7E), (0xC0, 0xFF), (0x386, 0x3CE), (0x410, 0x44F), (0x3041, 0x30FF))
"""Latin letters, those with accents, Greek, Russian and Japanese ones."""
_HAN = "国内外保存場所数据在哪里日本東京都市何処複製"


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


def _tokenizer_of_many(longest: int) -> Any:
    """Pieces of any script, as models of many languages cut texts: no word is lost."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    letters = [chr(code) for first, last in _SCRIPTS for code in range(first, last + 1)]
    pieces = [*_MANY_MARKS, *dict.fromkeys(("\u2581", *letters, *_HAN))]
    made = Tokenizer(
        models.Unigram([(piece, -float(n > 4)) for n, piece in enumerate(pieces)], unk_id=3)
    )
    made.pre_tokenizer, made.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )  # fmt: skip
    return PreTrainedTokenizerFast(
        tokenizer_object=made, model_max_length=longest, pad_token="<pad>", unk_token="<unk>",
        cls_token="<s>", sep_token="</s>", mask_token="<mask>",
    )  # fmt: skip


def _configuration_of_many(longest: int, words: int, **more: Any) -> Any:
    from transformers import XLMRobertaConfig

    return XLMRobertaConfig(
        vocab_size=words, hidden_size=_WIDTH, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=longest + 2, type_vocab_size=1,
        bos_token_id=0, pad_token_id=1, eos_token_id=2, **more,
    )  # fmt: skip


def write_multilingual_cross_encoder(folder: Path, *, longest: int = 128) -> Path:
    """Save a cross-encoder that reads any script and knows one kind of tokens, not two."""
    import torch
    from transformers import XLMRobertaForSequenceClassification

    torch.manual_seed(7)
    tokenizer = _tokenizer_of_many(longest)
    made = XLMRobertaForSequenceClassification(
        _configuration_of_many(longest, len(tokenizer), num_labels=1, initializer_range=0.3)
    )
    made.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def write_multilingual_encoder(folder: Path, *, longest: int = 64) -> Path:
    """Save a sentence-transformers model that reads any script, with the prompts of E5."""
    import torch
    from transformers import XLMRobertaModel

    torch.manual_seed(7)
    tokenizer = _tokenizer_of_many(longest)
    inner = folder.with_name(f".{folder.name}.transformer")
    XLMRobertaModel(
        _configuration_of_many(longest, len(tokenizer), initializer_range=0.3)
    ).save_pretrained(inner)
    tokenizer.save_pretrained(inner)
    prompts = {"query": "query: ", "document": "passage: "}
    return _write_sentence_model(folder, inner, pooling="mean", prompts=prompts)


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
    from transformers import BertModel

    torch.manual_seed(seed)
    inner = folder.with_name(f".{folder.name}.transformer")
    # Larger than usual, so that texts differ although nothing was learned.
    BertModel(_configuration(longest, initializer_range=0.3)).save_pretrained(inner)
    _tokenizer(longest).save_pretrained(inner)
    return _write_sentence_model(folder, inner, pooling=pooling, dense=dense, prompts=prompts)


def _write_sentence_model(
    folder: Path,
    transformer: Path,
    *,
    pooling: str,
    dense: int = 0,
    prompts: dict[str, str] | None = None,
) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.dense import Dense
    from sentence_transformers.base.modules.transformer import Transformer
    from sentence_transformers.sentence_transformer.modules.pooling import Pooling

    parts: Iterable[Any] = [Transformer(str(transformer)), Pooling(_WIDTH, pooling_mode=pooling)]
    if dense:
        parts = [*parts, Dense(_WIDTH, dense)]
    model = SentenceTransformer(modules=list(parts), device="cpu", prompts=prompts)
    model.save_pretrained(str(folder), create_model_card=False)
    return folder
