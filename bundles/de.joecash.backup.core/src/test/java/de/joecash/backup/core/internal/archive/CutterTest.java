package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutterTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 63, 4096, 65_536, 1_000_003})
    void cutsEquallyHoweverTheContentArrives(int chunk) {
        byte[] content = concat(ArchiveSamples.lines(3_000_000, 1), ArchiveSamples.noise(2_000_000, 2));

        assertThat(members(content, chunk)).isEqualTo(members(content, 100_000));
    }

    @Test
    void keepsMembersWithinTheirLimitsAndNearTheirAverage() {
        for (byte[] content : List.of(
                ArchiveSamples.lines(20_000_000, 3), ArchiveSamples.noise(20_000_000, 4), new byte[20_000_000])) {
            List<Integer> lengths = lengths(content);

            assertThat(lengths.subList(0, lengths.size() - 1)).allMatch(l -> l >= Cutter.MIN && l <= Cutter.MAX);
            assertThat(lengths.get(lengths.size() - 1)).isBetween(1, Cutter.MAX);
        }
        assertThat(lengths(ArchiveSamples.lines(20_000_000, 3)).size()).isBetween(50, 100);
    }

    @Test
    void cutsLinesAtTheirEnds() {
        byte[] content = ArchiveSamples.lines(10_000_000, 5);

        List<byte[]> members = split(content, 65_536);

        assertThat(members.subList(0, members.size() - 1)).allMatch(member -> member[member.length - 1] == '\n');
    }

    @Test
    void changesOnlyTheMembersAroundAnInsertion() {
        byte[] content = ArchiveSamples.lines(20_000_000, 6);
        Random random = new Random(7);
        for (int round = 0; round < 5; round++) {
            int at = random.nextInt(content.length);
            byte[] changed = concat(
                    Arrays.copyOf(content, at), // whatever is inserted, and how long it is
                    ArchiveSamples.noise(1 + random.nextInt(5_000), round),
                    Arrays.copyOfRange(content, at, content.length));

            Set<Digest> before = new HashSet<>(members(content, 65_536));
            long fresh = members(changed, 65_536).stream()
                    .filter(member -> !before.contains(member))
                    .count();

            assertThat(fresh).isBetween(1L, 3L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- Data for Name: receipt; Type: TABLE DATA; Schema: public; Owner: till\n",
                "COPY public.receipt (id, total) FROM stdin;\n",
                "-- Dumping data for table `receipt`\n",
                "LOCK TABLES `receipt` WRITE;\n",
                "-- 50000 +/- SELECT COUNT(*) FROM PUBLIC.RECEIPT;\n"
            })
    void beginsAMemberWhereATableBegins(String line) {
        byte[] before = ArchiveSamples.lines(70_000, 8);
        before[before.length - 1] = '\n';
        byte[] content = concat(before, line.getBytes(StandardCharsets.US_ASCII), ArchiveSamples.lines(5_000, 9));

        for (int chunk : new int[] {1, 17, 65_536}) {
            assertThat(split(content, chunk).get(0)).as("chunk %s", chunk).isEqualTo(before);
        }
    }

    @Test
    void isNotLitteredByTextThatLooksLikeTables() {
        byte[] content = "COPY x\n".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);

        assertThat(lengths(content).stream().filter(length -> length < Cutter.MIN))
                .hasSizeBetween(Cutter.SHORT_MOST, Cutter.SHORT_MOST + 1);
    }

    @Test
    void cutsTheSameTablesAlikeWhateverStandsBeforeThem() {
        byte[] table = concat(
                "COPY public.article (id) FROM stdin;\n".getBytes(StandardCharsets.US_ASCII),
                ArchiveSamples.lines(3_000_000, 10));
        byte[] one = concat(lines(200_000, 11), table);
        byte[] two = concat(lines(777_777, 12), table);

        Set<Digest> first = new HashSet<>(members(one, 65_536));

        assertThat(members(two, 65_536).stream().filter(first::contains).count())
                .isEqualTo(lengths(table).size());
    }

    @Test
    void givesNoMemberForNoContent() {
        assertThat(lengths(new byte[0])).isEmpty();
    }

    private static byte[] lines(int length, int seed) {
        byte[] lines = ArchiveSamples.lines(length, seed);
        lines[length - 1] = '\n';
        return lines;
    }

    private static List<Integer> lengths(byte[] content) {
        return split(content, 65_536).stream().map(member -> member.length).toList();
    }

    private static List<Digest> members(byte[] content, int chunk) {
        return split(content, chunk).stream()
                .map(member -> {
                    Sha256 digest = new Sha256();
                    digest.update(member, 0, member.length);
                    return digest.digest();
                })
                .toList();
    }

    private static List<byte[]> split(byte[] content, int chunk) {
        List<byte[]> members = new ArrayList<>();
        Cutter cutter = new Cutter();
        byte[] member = new byte[Cutter.MAX + 2_000_000];
        int filled = 0;
        for (int from = 0; from <= content.length; from += chunk) {
            int some = Math.min(chunk, content.length - from);
            System.arraycopy(content, from, member, filled, some);
            filled += some;
            boolean last = from + chunk > content.length;
            for (int end = cutter.cut(member, filled, last); end > 0; end = cutter.cut(member, filled, last)) {
                members.add(Arrays.copyOf(member, end));
                System.arraycopy(member, end, member, 0, filled - end);
                filled -= end;
            }
        }
        return members;
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
