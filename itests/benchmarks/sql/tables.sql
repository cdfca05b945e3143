-- A till: articles, customers, receipts with their lines and payments, and the security module's journal.
CREATE TABLE article (
    number     integer PRIMARY KEY,
    name       varchar(80) NOT NULL,
    ean        varchar(14) NOT NULL,
    cents      integer     NOT NULL,
    tax        smallint    NOT NULL,
    goods      varchar(40) NOT NULL,
    changed    timestamp   NOT NULL
);
CREATE TABLE customer (
    number     integer PRIMARY KEY,
    name       varchar(80) NOT NULL,
    street     varchar(80) NOT NULL,
    town       varchar(80) NOT NULL,
    phone      varchar(30) NOT NULL,
    changed    timestamp   NOT NULL
);
CREATE TABLE receipt (
    id         bigint PRIMARY KEY,
    till       smallint    NOT NULL,
    business_day date      NOT NULL,
    opened     timestamp   NOT NULL,
    closed     timestamp   NOT NULL,
    cashier    integer     NOT NULL,
    customer   integer,
    state      varchar(20) NOT NULL,
    cents      integer     NOT NULL,
    uuid       char(36)    NOT NULL
);
CREATE TABLE receipt_line (
    receipt    bigint      NOT NULL,
    position   integer     NOT NULL,
    article    integer     NOT NULL,
    name       varchar(80) NOT NULL,
    quantity   integer     NOT NULL,
    cents      integer     NOT NULL,
    tax        smallint    NOT NULL,
    discount   integer     NOT NULL,
    total      integer     NOT NULL,
    sold       timestamp   NOT NULL,
    PRIMARY KEY (receipt, position)
);
CREATE TABLE payment (
    receipt    bigint PRIMARY KEY,
    kind       varchar(20) NOT NULL,
    cents      integer     NOT NULL,
    tip        integer     NOT NULL,
    trace      varchar(40),
    paid       timestamp   NOT NULL
);
CREATE TABLE journal (
    id         bigint PRIMARY KEY,
    receipt    bigint      NOT NULL,
    process    varchar(30) NOT NULL,
    data       varchar(200) NOT NULL,
    counter    bigint      NOT NULL,
    signed     timestamp   NOT NULL,
    serial     char(64)    NOT NULL,
    signature  varchar(140) NOT NULL
);
