"""Writes a site whose texts try to break the document: STRESS.py FROM TO copies a content folder and changes a project.

Commands of the typesetter, Markdown of all kinds, signs that no font has, words without end, 2,000 rows.
"""

import shutil
import sys
from pathlib import Path

PROGETTO = "piani/2025-2027/progetti/nido.yaml"
OSTILE = "#panic() $x$ *a* _b_ <c> @d = \\\\ `e` 👩‍👧 中文字 קפה العربية e\u0301 \u00adﬁne ½ ☎ → ✓"
LUNGA = "precipitevolissimevolmente" * 30
FINALITA = f"""
finalita: |
  # Uno

  ### Tre #let x = 1

  - a
    1. b

    > c `#d`
  -

  | x | y |
  |---|--:|
  | #z | **{LUNGA}** |

  ```
  $ #panic() $
  ```

  {LUNGA} ![#pic](/media/logo.svg) ~~via~~ [^1] <https://esempio.it/{LUNGA}>

  [^1]: nota #x
"""


def main(source: str, target: str) -> None:
    shutil.copytree(source, target)
    file = Path(target) / PROGETTO
    text = file.read_text(encoding="utf-8")
    row = "  - { nome: Bambini, previsto: 20 }\n"
    title = "titolo: Un nido vicino al lavoro\n"
    if row not in text or title not in text:
        sys.exit(f"{file}: not the project that was expected")
    rows = "".join(f'  - {{ nome: "Riga {n} {OSTILE}", previsto: {n} }}\n' for n in range(1, 2001))
    text = text.replace(title, f'titolo: "{OSTILE} {LUNGA}"\n').replace(row, rows)
    file.write_text(text + FINALITA, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
