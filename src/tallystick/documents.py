"""What a `read.py` says of XML and web pages: `xml_document(member)` and `html_document(member)` open one.

A module of its own, so that `import tallystick` loads no reader of documents.
"""

from tallystick.sources.markup import Node, html_document, xml_document

__all__ = ["Node", "html_document", "xml_document"]
