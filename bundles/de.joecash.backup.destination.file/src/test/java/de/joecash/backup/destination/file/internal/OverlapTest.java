package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private final List<String> taken = new ArrayList<>();

    @Test
    void takesAStepWhileItsCallerGoesOnAndTheNextAfterIt() throws IOException {
        CountDownLatch callerWentOn = new CountDownLatch(1);
        try (Overlap overlap = new Overlap("test")) {
            overlap.next(() -> {
                await(callerWentOn);
                taken.add("first");
            });
            callerWentOn.countDown();
            overlap.next(() -> taken.add("second"));
            overlap.await();
        }
        assertThat(taken).containsExactly("first", "second");
    }

    @Test
    void tellsWhatAStepMetInsteadOfTakingTheNext() {
        try (Overlap overlap = new Overlap("test")) {
            assertThatThrownBy(() -> {
                        overlap.next(() -> {
                            throw new IOException("Input/output error");
                        });
                        overlap.next(() -> taken.add("second"));
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("Input/output error");
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void tellsWhatNobodyExpectedAsItWasThrown() throws IOException {
        IllegalStateException thrown = new IllegalStateException("odd");
        try (Overlap overlap = new Overlap("test")) {
            overlap.next(() -> {
                throw thrown;
            });
            assertThatThrownBy(overlap::await).isSameAs(thrown);
        }
    }

    @Test
    void isNotClosedBeforeItsStepHasEnded() throws IOException {
        CountDownLatch closing = new CountDownLatch(1);
        try (Overlap overlap = new Overlap("test")) {
            overlap.next(() -> {
                await(closing);
                taken.add("ended");
            });
            closing.countDown();
        }
        assertThat(taken).containsExactly("ended");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
