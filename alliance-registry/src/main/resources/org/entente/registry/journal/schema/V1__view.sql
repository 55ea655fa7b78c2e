-- The view of the logs (docs/view.md §2). Only types and words that H2 and PostgreSQL share.

create table log_position (
    log            varchar(64) not null primary key,
    size           bigint      not null,
    items_digest   bytea       not null,
    entries_digest bytea       not null
);

create table item (
    log      varchar(64) not null,
    kind     smallint    not null,
    item_key bytea       not null,
    content  bytea       not null,
    digest   bytea       not null,
    primary key (log, kind, item_key)
);

create table entry (
    log       varchar(64) not null,
    serial    bigint      not null,
    kind      varchar(64) not null,
    change    bytea       not null,
    alliance  varchar(64),
    at_millis bigint      not null,
    primary key (log, serial)
);

create table entry_organisation (
    log          varchar(64)  not null,
    serial       bigint       not null,
    organisation varchar(128) not null,
    primary key (log, serial, organisation)
);

create index entry_newest on entry (at_millis, log, serial);
create index entry_kind on entry (kind, at_millis);
create index entry_alliance on entry (alliance, at_millis);
create index entry_organisation_first on entry_organisation (organisation, log, serial);
