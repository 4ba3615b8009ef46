"""Writes the manual pages dflab(1), dflab-swap(1) … from what the program says of itself.

    .build/release/dflab --experimental-dump-help | python3 .packaging/man.py VERSION DATE FOLDER
"""

import json
import os
import re
import sys

version, date, folder = sys.argv[1:]
dump = json.load(sys.stdin)["command"]


def escape(text):
    """Text of a manual page: no line is taken for a request, and hyphens can be searched for."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def described(discussion):
    """Paragraphs; lines in capitals become headings, indented lines keep their form."""
    lines, verbatim = [], False
    for line in discussion.splitlines():
        is_verbatim = line.startswith("  ")
        if is_verbatim != verbatim:
            lines.append(".nf" if is_verbatim else ".fi")
            verbatim = is_verbatim
        if re.fullmatch(r"[A-Z][A-Z ]+", line):
            lines.append(f".SH {line}")
        elif line:
            lines.append(escape(line))
        elif lines and not is_verbatim:
            lines.append(".PP")
    if verbatim:
        lines.append(".fi")
    return lines


def spelled(argument):
    value = argument.get("valueName", "")
    if argument["kind"] == "positional":
        return f"\\fI{escape(value)}\\fR"
    names = [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument["names"]]
    text = ", ".join(f"\\fB{escape(name)}\\fR" for name in names)
    return text if argument["kind"] == "flag" else f"{text} \\fI{escape(value)}\\fR"


def page(command, names):
    title = "-".join(names)
    lines = [f'.TH {title.upper()} 1 "{date}" "dflab {version}" "dflab"', ".SH NAME",
             f"{escape(title)} \\- {escape(command['abstract'].rstrip('.').lower() if len(names) > 1 else command['abstract'].rstrip('.'))}"]
    arguments = [one for one in command.get("arguments", []) if one["shouldDisplay"]]
    children = [one for one in command.get("subcommands", []) if one["shouldDisplay"] and one["commandName"] != "help"]
    lines += [".SH SYNOPSIS", f"\\fB{escape(' '.join(names))}\\fR"]
    if children:
        lines.append("\\fIcommand\\fR")
    positional = [one for one in arguments if one["kind"] == "positional"]
    if len(positional) < len(arguments):
        lines.append("[\\fIoptions\\fR]")
    for one in positional:
        text = spelled(one) + (" ..." if one["isRepeating"] else "")
        lines.append(f"[{text}]" if one["isOptional"] else text)
    lines += [".SH DESCRIPTION", escape(command["abstract"])]
    if command.get("discussion"):
        lines += [".PP"] + described(command["discussion"])
    if arguments:
        lines.append(".SH OPTIONS")
        for one in arguments:
            values = one.get("allValues") or []
            text = one.get("abstract", "")
            if values:
                text += f" (values: {', '.join(values)})"
            lines += [".TP", spelled(one), escape(text)]
    if children:
        lines.append(".SH COMMANDS")
        for one in children:
            lines += [".TP", f"\\fB{escape('-'.join(names + [one['commandName']]))}\\fR(1)", escape(one["abstract"])]
    if len(names) > 1:
        lines += [".SH SEE ALSO", f"\\fB{escape('-'.join(names[:-1]))}\\fR(1)"]
    with open(os.path.join(folder, f"{title}.1"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    for one in children:
        page(one, names + [one["commandName"]])


os.makedirs(folder, exist_ok=True)
page(dump, ["dflab"])
