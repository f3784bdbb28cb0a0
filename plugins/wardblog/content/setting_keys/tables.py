"""All tables of the settings files, in the order in which the pages show them."""

from __future__ import annotations

from wardblog.content.setting_keys.list_keys import COMMUNITY_TABLES, ISSUE_TABLES
from wardblog.content.setting_keys.mail_keys import TABLES as _MAIL
from wardblog.content.setting_keys.office_keys import TABLES as _OFFICE
from wardblog.content.setting_keys.people_keys import TABLES as _PEOPLE
from wardblog.content.setting_keys.setting_key import SettingTable
from wardblog.content.setting_keys.site_keys import TABLES as _SITE

SETTING_TABLES: tuple[SettingTable, ...] = (
    *_SITE,
    *_PEOPLE,
    *_MAIL,
    *_OFFICE,
    *ISSUE_TABLES,
    *COMMUNITY_TABLES,
)
