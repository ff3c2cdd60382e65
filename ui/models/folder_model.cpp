// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/folder_model.h"

#include "ui/models/phrase.h"
#include "ui/models/trace_files.h"

#include <QDateTime>
#include <QDir>
#include <QLocale>
#include <algorithm>

namespace skbscope::ui {

void FolderModel::setEndings(const QStringList &endings) {
    endings_ = endings;
    list();
}

void FolderModel::setText(const QString &text) {
    if (text == text_) return;
    text_ = text;
    list();
}

QString FolderModel::folderPart() const {
    return text_.left(text_.lastIndexOf(u'/') + 1);
}

// Hidden files only for who asks for them.
void FolderModel::list() {
    const QString name = namePart();
    const QDir dir(folderPart().isEmpty() ? QStringLiteral(".") : withoutTilde(folderPart()));
    beginResetModel();
    entries_.clear();
    exists_ = dir.exists();
    QDir::Filters filters = QDir::AllDirs | QDir::Files | QDir::NoDotAndDotDot;
    if (name.startsWith(u'.')) filters |= QDir::Hidden;
    if (exists_)
        for (const QFileInfo &entry : dir.entryInfoList(filters, QDir::DirsFirst | QDir::Name | QDir::IgnoreCase))
            if ((entry.isDir() || endings_.contains(entry.suffix())) &&
                entry.fileName().startsWith(name, Qt::CaseInsensitive))
                entries_ << entry;
    endResetModel();
    emit changed();
}

QString FolderModel::note() const {
    if (!entries_.isEmpty()) return {};
    if (!exists_) return phrase("FolderModel", "There is no such folder.");
    const QString endings = endings_.join(phrase("FolderModel", " or ."));
    return (namePart().isEmpty() ? phrase("FolderModel", "No folder and no .%1 file here.")
                                 : phrase("FolderModel", "No folder and no .%1 file here begins so."))
        .arg(endings);
}

QString FolderModel::with(int index) const {
    if (index < 0 || index >= count()) return text_;
    return folderPart() + entries_[index].fileName() + (entries_[index].isDir() ? QStringLiteral("/") : QString());
}

QString FolderModel::completed() const {
    if (entries_.isEmpty()) return text_;
    if (count() == 1) return with(0);
    QString common = entries_.first().fileName();
    for (const QFileInfo &entry : entries_) {
        const QString name = entry.fileName();
        const auto [a, b] = std::mismatch(common.cbegin(), common.cend(), name.cbegin(), name.cend());
        common.truncate(a - common.cbegin());
    }
    return common.size() > namePart().size() ? folderPart() + common : text_;
}

QString FolderModel::above() const {
    const QString folder = QDir::cleanPath(withoutTilde(text_.isEmpty() ? QStringLiteral(".") : text_));
    const QString up = QFileInfo(QFileInfo(folder).absoluteFilePath()).path();
    return up.endsWith(u'/') ? up : up + u'/';
}

bool FolderModel::isFolder(int index) const {
    return index >= 0 && index < count() && entries_[index].isDir();
}

int FolderModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant FolderModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const QFileInfo &entry = entries_[index.row()];
    switch (role) {
    case NameRole:
        return entry.isDir() ? entry.fileName() + u'/' : entry.fileName();
    case DetailRole: {
        const QString when = entry.lastModified().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
        return entry.isDir() ? phrase("FolderModel", "folder")
                             : QLocale(QLocale::English).formattedDataSize(entry.size()) + QStringLiteral(", ") + when;
    }
    case FolderRole:
        return entry.isDir();
    default:
        return {};
    }
}

QHash<int, QByteArray> FolderModel::roleNames() const {
    return {{NameRole, "name"}, {DetailRole, "detail"}, {FolderRole, "folder"}};
}

} // namespace skbscope::ui
