"""变动情况日报: the kinds a class teacher chooses from (F02, 茂政发〔2023〕6号 五(三)3, R35)."""

# Kind a teacher reports → its label and the change that the desk most likely records.
LINE_KINDS = {
    "in": ("转入", "transfer_in"),
    "out": ("转出", "transfer_within"),
    "pause": ("休学", "suspension"),
    "back": ("复学", "return"),
    "away": ("未到校，去向不明", ""),
    "death": ("死亡", "death"),
    "abroad": ("出国（境）", "abroad"),
    "move": ("转班、留级、跳级", "class_move"),
    "other": ("其他", ""),
}
LINE_LABELS = {code: label for code, (label, _) in LINE_KINDS.items()}
MOST_LINES = 5  # lines of one form; further lines are reported again
