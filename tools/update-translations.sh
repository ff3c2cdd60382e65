#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Collects the window's texts from the source into the Italian translation file and says which of them still lack one.
# Fill those (an editor, or Qt's linguist), then build: the file is compiled in.
#   tools/update-translations.sh            update assets/translations/skbscope_it.ts
#   tools/update-translations.sh --check    change nothing; 1 when a text has no Italian translation
set -euo pipefail
cd "$(dirname "$0")/.."

file=assets/translations/skbscope_it.ts
lupdate=${LUPDATE:-$(command -v lupdate6 || ls /usr/lib/qt6/bin/lupdate 2>/dev/null || true)}
if [ -z "$lupdate" ]; then
    echo "update-translations: lupdate is not installed (Debian: qt6-l10n-tools)" >&2
    exit 3
fi
target=$file
if [ "${1:-}" = --check ]; then
    target=$(mktemp --suffix=_it.ts)
    cp "$file" "$target"
fi
# phrase("Context", "text") is QCoreApplication::translate. A command's title stands under its id, where it is added:
# add("step.into", "Step into", ...) or {QStringLiteral("step.into"), QStringLiteral("Step into"), ...}.
titles=$(mktemp --suffix=.cpp)
trap 'rm -f "$titles"; [ "$target" = "$file" ] || rm -f "$target"' EXIT
find ui -name '*.cpp' -print0 | sort -z | xargs -0 perl -0777 -ne '
    my $text = qr/(?:QStringLiteral\(|QLatin1String\()?"((?:[^"\\]|\\.)*)"\)?/;
    while (/(?:\badd\w*\(|\badd\(\{)\s*$text,\s*$text\s*,(?:\s*$text\s*,)?/g) {
        my ($id, $title, $group) = ($1, $2, $3);
        next unless $id =~ /^[a-z]\w*(?:\.\w+)+$/;
        print "QT_TRANSLATE_NOOP(\"$id\", \"$title\");\n";
        print "QT_TRANSLATE_NOOP(\"Groups\", \"$group\");\n" if defined $group && $group =~ /^[A-Z]../ && $group !~ /\+/ && $group ne "Backspace";
    }' >"$titles"
"$lupdate" ui "$titles" -extensions cpp,h,qml -silent -no-obsolete -locations none -source-language en -target-language it \
    -tr-function-alias translate+=phrase -ts "$target"

missing=$(awk '/<name>/ { gsub(/<\/?name>/, ""); context = $0 }
    /<source>/ { gsub(/<\/?source>/, ""); source = $0 }
    /type="unfinished"/ { sub(/^ */, "", context); sub(/^ */, "", source); print "  " context ": " source }' "$target")
if [ -n "$missing" ]; then
    echo "These texts have no Italian translation: run tools/update-translations.sh, fill them in $file:" >&2
    echo "$missing" >&2
    exit 1
fi
