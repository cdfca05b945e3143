package de.joecash.backup.source.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.source.h2.internal.StatementGuard.Admitted;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementGuardTest {
    private final StatementGuard guard = new StatementGuard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ALIAS X FOR 'java.lang.System.exit'",
                "CREATE ALIAS IF NOT EXISTS SYSTEM_COMBINE_CLOB FOR 'java.lang.System.exit'",
                "CREATE ALIAS IF NOT EXISTS SYSTEM_COMBINE_CLOB AS $$void x() {}$$",
                "CREATE FORCE TRIGGER \"PUBLIC\".\"T\" BEFORE INSERT ON \"PUBLIC\".\"A\" CALL 'X'",
                "CREATE FORCE LINKED TABLE \"PUBLIC\".\"L\"(NULL, 'jdbc:h2:x', 'sa', '', 'T')",
                "CREATE AGGREGATE \"PUBLIC\".\"A\" FOR 'x.Y'",
                "CREATE TABLE \"PUBLIC\".\"T\"(\"X\" INT) ENGINE \"x.Y\"",
                "CREATE TABLE \"PUBLIC\".\"T\"(\"X\" INT) AS SELECT 1",
                "CREATE MEMORY TABLE \"PUBLIC\".\"T\"(\"X\" INT DEFAULT FILE_WRITE('x', '/tmp/x'))",
                "CREATE MEMORY TABLE \"PUBLIC\".\"T\"(\"X\" JAVA_OBJECT)",
                "CREATE MEMORY TABLE \"PUBLIC\".\"T\"(\"X\" INT GENERATED ALWAYS AS (\"FILE_READ\"('/etc/passwd')))",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT * FROM CSVREAD('/etc/passwd')",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT * FROM \"CSVREAD\"('/etc/passwd')",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT U&\"FILE\\005fREAD\"('/etc/passwd')",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT FILE_READ \n ('/etc/passwd')",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT \"PUBLIC\".\"FILE_READ\"(\"X\") FROM \"PUBLIC\".\"T\"",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT DISTINCT ON (\"A\") \"FILE_READ\"(\"B\") FROM \"PUBLIC\".\"T\"",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT * FROM FINAL TABLE (DELETE FROM \"PUBLIC\".\"T\")",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT LINK_SCHEMA('a', '', 'b', 'c', 'd', 'e')",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT '' /* ' */ FILE_READ('x') --'",
                "CREATE OR REPLACE FORCE VIEW \"PUBLIC\".\"V\" AS SELECT 1",
                "CREATE FORCE MATERIALIZED VIEW \"PUBLIC\".\"MV\" AS SELECT X FROM NOPK",
                "CREATE SEQUENCE \"PUBLIC\".\"S\" START WITH FILE_READ('x')",
                "CREATE DOMAIN \"PUBLIC\".\"D\" AS INTEGER DEFAULT FILE_READ('x')",
                "CREATE CONSTANT \"PUBLIC\".\"C\" VALUE FILE_READ('x')",
                "CREATE INDEX \"PUBLIC\".\"I\" ON \"PUBLIC\".\"T\"(FILE_READ(\"X\"))",
                "CREATE USER IF NOT EXISTS \"EVE\" PASSWORD 'x' ADMIN",
                "CREATE USER IF NOT EXISTS \"EVE\" SALT '00' HASH FILE_READ('x')",
                "CREATE USER \"EVE\" SALT '00' HASH '00'",
                "CREATE SCHEMA IF NOT EXISTS \"S\" AUTHORIZATION \"SA\" WITH \"x.Y\"",
                "ALTER TABLE \"PUBLIC\".\"T\" ADD CONSTRAINT \"PUBLIC\".\"C\" CHECK(FILE_READ('x') = '')",
                "ALTER TABLE \"PUBLIC\".\"T\" ADD COLUMN \"X\" INTEGER",
                "ALTER USER \"KASSE\" SET PASSWORD 'x'",
                "ALTER DOMAIN \"PUBLIC\".\"D\" ADD CONSTRAINT \"PUBLIC\".\"C\" CHECK(FILE_READ(VALUE) = '')",
                "COMMENT ON TABLE \"PUBLIC\".\"T\" IS FILE_READ('x')",
                "GRANT ALTER ANY SCHEMA TO \"EVE\"",
                "GRANT SELECT ON \"PUBLIC\".\"T\" TO PUBLIC",
                "SET DATABASE_EVENT_LISTENER 'x.Y'",
                "SET JAVA_OBJECT_SERIALIZER 'x.Y'",
                "SET AUTHENTICATOR TRUE",
                "SET CLUSTER 'x'",
                "SET EXCLUSIVE 1",
                "SET BUILTIN_ALIAS_OVERRIDE TRUE",
                "SET MODE MSSQLServer",
                "SET CACHE_SIZE (SELECT FILE_READ('x'))",
                "SET @X 1",
                "SET PASSWORD 'x'",
                "SET SALT '00' HASH '00'",
                "DROP ALL OBJECTS DELETE FILES",
                "DROP TABLE \"PUBLIC\".\"T\"",
                "DELETE FROM \"PUBLIC\".\"T\"",
                "UPDATE \"PUBLIC\".\"T\" SET \"X\" = 1",
                "MERGE INTO \"PUBLIC\".\"T\" VALUES(1)",
                "CALL FILE_READ('x')",
                "SELECT 1",
                "EXPLAIN SELECT 1",
                "(SELECT FILE_READ('x'))",
                "RUNSCRIPT FROM 'http://x'",
                "SCRIPT TO '/tmp/x'",
                "BACKUP TO '/tmp/x'",
                "SHUTDOWN",
                "CHECKPOINT",
                "EXECUTE IMMEDIATE 'DROP ALL OBJECTS'",
                "PREPARE COMMIT X",
                "INSERT INTO \"PUBLIC\".\"T\" SELECT 1",
                "INSERT INTO \"PUBLIC\".\"T\" DEFAULT VALUES",
                "INSERT INTO \"PUBLIC\".\"T\" SET \"X\" = FILE_READ('x')",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (FILE_READ('x'))",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (\"FILE_READ\"('x'))",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (1), ((SELECT 1))",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (1) ON CONFLICT DO NOTHING",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (1) SELECT 1",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (1 + 1)",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (1",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (1))",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (CAST(X'aced' AS JAVA_OBJECT))",
                "INSERT INTO \"PUBLIC\".\"T\"(\"X\", FILE_READ('x')) VALUES (1)",
                "INSERT INTO CSVREAD VALUES (1)",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES (NEXT VALUE FOR \"S\")",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES ('a' 'b'('c'))",
                "INSERT INTO \"PUBLIC\".\"T\" VALUES",
                "",
            })
    void refusesWhatADumpOfTheTillDoesNotHold(String sql) {
        assertThatThrownBy(() -> guard.admit(sql)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET DEFAULT_LOCK_TIMEOUT 1234",
                "SET MODE PostgreSQL",
                "SET COLLATION GERMAN STRENGTH SECONDARY",
                "CREATE USER IF NOT EXISTS \"BOB\" SALT '60' HASH '2c'",
                "CREATE ROLE IF NOT EXISTS \"RR\"",
                "CREATE DOMAIN \"PUBLIC\".\"EURO\" AS DECIMAL(10, 2) DEFAULT 0",
                "CREATE CONSTANT \"PUBLIC\".\"PI2\" VALUE 6",
                "CREATE SEQUENCE \"PUBLIC\".\"SEQ\" START WITH 5 RESTART WITH 8",
                "CREATE UNIQUE NULLS DISTINCT INDEX \"PUBLIC\".\"UIX\" ON \"PUBLIC\".\"A\"(\"N\" NULLS FIRST)",
                "CREATE GLOBAL TEMPORARY TABLE \"PUBLIC\".\"GT\"(\n    \"X\" INTEGER\n) ON COMMIT DELETE ROWS",
                "CREATE FORCE VIEW \"PUBLIC\".\"V\"(\"A\") AS\nWITH  RECURSIVE \"T\"(\"N\") AS (\n    (SELECT\n        1))"
                        + "\nSELECT\n    UPPER(\"N\")\nFROM \"T\" \"T\"",
                "ALTER TABLE \"PUBLIC\".\"A\" ADD CONSTRAINT \"PUBLIC\".\"FK\" FOREIGN KEY(\"B\")"
                        + " REFERENCES \"PUBLIC\".\"B\"(\"ID\") ON DELETE CASCADE NOCHECK",
                "ALTER DOMAIN \"PUBLIC\".\"EURO\" ADD CONSTRAINT \"PUBLIC\".\"C\" CHECK(VALUE >= 0) NOCHECK",
                "COMMENT ON COLUMN \"PUBLIC\".\"A\".\"B\" IS U&'\\00e4'",
                "GRANT SELECT, INSERT ON SCHEMA \"PUBLIC\" TO \"BOB\"",
                "GRANT \"RR\" TO \"BOB\"",
                "INSERT INTO SYSTEM_LOB_STREAM VALUES(0, 1, U&' \\00fc', NULL)",
            })
    void runsAsItIsWhatScriptWrites(String sql) throws Refusal {
        assertThat(guard.admit(sql).sql()).contains(sql);
    }

    @Test
    void createsNoAdministratorAndGrantsHimNothing() throws Refusal {
        assertThat(guard.admit("CREATE USER IF NOT EXISTS \"EVE\" SALT '60' HASH '2c' ADMIN")
                        .sql())
                .isEmpty();
        assertThat(guard.admit("GRANT SELECT ON \"PUBLIC\".\"T\" TO \"EVE\"").sql())
                .isEmpty();
    }

    @Test
    void givesSchemasToWhoeverRestores() throws Refusal {
        assertThat(guard.admit("CREATE SCHEMA IF NOT EXISTS U&\"Gr\\00f6\\00dfe\" AUTHORIZATION \"EVE\"")
                        .sql())
                .contains("CREATE SCHEMA IF NOT EXISTS \"Größe\"");
    }

    @Test
    void countsTablesAndTheirRows() throws Refusal {
        Admitted table = guard.admit("CREATE CACHED TABLE \"PUBLIC\".\"T\"(\n    \"X\" INTEGER\n)");
        assertThat(table.table()).isEqualTo(Optional.of(new TableName("PUBLIC", "T")));

        Admitted rows = guard.admit(
                "INSERT INTO \"PUBLIC\".\"T\" VALUES\n('), (', ROW (1, ARRAY [1, 2])),\n(NULL, CAST('x' AS JSON))");
        assertThat(rows.rows()).isEqualTo(2);

        Admitted largeObject = guard.admit("INSERT INTO SYSTEM_LOB_STREAM VALUES(0, 0, 'x', NULL)");
        assertThat(largeObject.rows()).isZero();
    }
}
