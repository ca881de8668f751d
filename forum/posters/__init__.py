"""A page's picture, for where somebody passes its address on: the company, the topic and the title on paper.

In the size that messengers and networks ask for (https://ogp.me/, 1200 × 630).
"""

from forum.posters.poster import Poster as Poster
from forum.posters.poster import drawn as drawn
