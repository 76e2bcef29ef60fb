"""The evidence of a conversation or a questionnaire as one document to hand over: each answer with
each quotation in its context, the document that it stands in, and the receipt.
"""

__all__ = ["evidence_pack", "pack_files", "packed_answers", "tenant_checks"]
