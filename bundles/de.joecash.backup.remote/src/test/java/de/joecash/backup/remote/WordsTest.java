package de.joecash.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void areOneLineThatTurnsAndEndsNothing() {
        assertThat(Words.plain(" 550 no\r\n230 welcome\0\u001b[2J \u202Egp.exe\u2028next\uD800 "))
                .isEqualTo("550 no 230 welcome [2J  gp.exe next");
        assertThat(Words.plain("Straße 1 €")).isEqualTo("Straße 1 €");
    }

    @Test
    void areNotLong() {
        assertThat(Words.plain("x".repeat(100_000))).hasSize(202).endsWith(" …");
    }

    @Test
    void sayWhatBroke() {
        assertThat(Words.of(new UnknownHostException("x"))).isEqualTo("unknown host");
        assertThat(Words.of(new IOException(new SocketTimeoutException("Read timed out"))))
                .isEqualTo("no answer in time");
        assertThat(Words.of(new ConnectException())).isEqualTo("connection refused");
        assertThat(Words.of(new IOException("Broken pipe\n"))).isEqualTo("Broken pipe");
        assertThat(Words.of(new IOException())).isEqualTo("IOException");
    }

    @Test
    void ofWhatWrapsAnotherItGivesThatOnesWords() {
        assertThat(Words.of(new IOException(new ExecutionException(new ConnectException("Connection refused")))))
                .isEqualTo("Connection refused");
        assertThat(Words.of(new IOException(new ExecutionException(new ConnectException()))))
                .isEqualTo("connection refused");
        assertThat(Words.of(new IOException("it broke", new ConnectException("Connection refused"))))
                .isEqualTo("it broke");
    }
}
