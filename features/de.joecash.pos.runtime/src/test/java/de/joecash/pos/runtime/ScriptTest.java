package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void cutsAtSemicolonsAndLineEnds() {
        assertThat(Script.commands("backup:create; backup:list\r\n\n  lb ;;"))
                .containsExactly("backup:create", "backup:list", "lb");
    }

    @Test
    void leavesQuotesBracketsAndEscapesWhole() {
        assertThat(Script.commands("echo 'a;b' \"c\\\";d\"; each [1 2] { echo $it; echo x }; echo a\\;b"))
                .containsExactly("echo 'a;b' \"c\\\";d\"", "each [1 2] { echo $it; echo x }", "echo a\\;b");
    }

    @Test
    void aBackslashIsPlainBetweenSingleQuotes() {
        assertThat(Script.commands("echo 'a\\'; lb")).containsExactly("echo 'a\\'", "lb");
    }

    @Test
    void nothingIsNoCommand() {
        assertThat(Script.commands(" ; \n")).isEmpty();
    }
}
