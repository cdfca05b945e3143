package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any server is asked. */
class DatabaseChoiceTest {
    private static final String SECRET = "Kanarienvogel";

    @TempDir
    Path data;

    private TillRecord record;
    private Path password;
    private final Map<String, String> asked = new HashMap<>();

    @BeforeEach
    void prepare() throws Exception {
        record = new TillRecord(Files.createDirectory(data.resolve("till")));
        password = data.resolve("password");
        TestServer.write(password, SECRET);
        asked.put(DatabaseChoice.KIND, "postgresql");
        asked.put(DatabaseChoice.URL, "jdbc:postgresql://127.0.0.1:1/kasse");
        asked.put(DatabaseChoice.USER, "kasse");
        asked.put(DatabaseChoice.PASSWORD_FILE, password.toString());
    }

    private String refusal() {
        Throwable refusal =
                org.assertj.core.api.Assertions.catchThrowable(() -> new DatabaseChoice(asked).open(record));
        assertThat(refusal).isInstanceOf(TillRefusal.class);
        assertThat(refusal.getMessage()).doesNotContain(SECRET);
        assertThat(record.serverFile()).doesNotExist();
        return refusal.getMessage();
    }

    @Test
    void isH2WhereNothingIsAsked() throws Exception {
        assertThat(new DatabaseChoice(Map.of()).open(record).kind()).isEqualTo("h2");
        assertThat(record.serverFile()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kasse",
                "jdbc:h2:file:/x",
                "jdbc:mariadb://127.0.0.1:3306/kasse",
                "jdbc:postgresql:kasse",
                "jdbc:postgresql://127.0.0.1/",
                "jdbc:postgresql://127.0.0.1:x/kasse",
                "jdbc:postgresql://one,two/kasse",
                "jdbc:postgresql://127.0.0.1/Kasse 1",
                "jdbc:postgresql://127.0.0.1/kasse-",
                "jdbc:postgresql://kasse:Kanarienvogel@127.0.0.1/kasse",
                "jdbc:postgresql://127.0.0.1/kasse?user=x&password=Kanarienvogel",
                "jdbc:postgresql://127.0.0.1/kasse?PASSWORD=Kanarienvogel",
                "jdbc:postgresql://127.0.0.1/kasse?sslpassword=Kanarienvogel"
            })
    void refusesAWrongAddressWithoutRepeatingIt(String url) {
        asked.put(DatabaseChoice.URL, url);
        assertThat(refusal()).contains("jdbc:postgresql://", "--database-password-file");
    }

    @Test
    void keepsTheDriversParameters() {
        ServerUrl url = ServerUrl.parse("jdbc:postgresql://[::1]:5433/kasse?sslmode=verify-full")
                .orElseThrow();
        assertThat(url.of("kasse_side_1")).isEqualTo("jdbc:postgresql://[::1]:5433/kasse_side_1?sslmode=verify-full");
        assertThat(url.sameTill(
                        ServerUrl.parse("jdbc:postgresql://[::1]:5433/kasse").orElseThrow()))
                .isTrue();
        assertThat(url.sameTill(ServerUrl.parse("jdbc:postgresql://[::1]/kasse").orElseThrow()))
                .isFalse();
    }

    @Test
    void refusesWhatIsMissing() {
        asked.remove(DatabaseChoice.URL);
        assertThat(refusal()).contains("--database-url");
        asked.put(DatabaseChoice.URL, "jdbc:postgresql://127.0.0.1:1/kasse");
        asked.remove(DatabaseChoice.USER);
        assertThat(refusal()).contains("--database-user");
        asked.put(DatabaseChoice.USER, "kasse");
        asked.remove(DatabaseChoice.PASSWORD_FILE);
        assertThat(refusal()).contains("--database-password-file");
        asked.remove(DatabaseChoice.KIND);
        assertThat(refusal()).contains("--database postgresql");
        asked.put(DatabaseChoice.KIND, "oracle");
        assertThat(refusal()).contains("oracle", "mariadb");
    }

    @Test
    void refusesAPasswordFileThatOthersMayReadAndSaysHowToMendIt() throws Exception {
        for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw-rw-rw-"}) {
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString(permissions));
            assertThat(refusal()).contains("chmod 600 " + password);
        }
    }

    @Test
    void refusesAPasswordFileWithoutAPassword() throws Exception {
        Files.writeString(password, "\nsecond line");
        assertThat(refusal()).contains(password.toString());
        Files.delete(password);
        assertThat(refusal()).contains(password.toString());
        Files.createDirectory(password);
        assertThat(refusal()).contains(password.toString());
    }

    @Test
    void takesTheFirstLineWhateverItsEnd() throws Exception {
        for (String text : new String[] {"a b ü", "a b ü\n", "a b ü\r\nmore"}) {
            Files.writeString(password, text);
            assertThat(PasswordFile.read(password)).containsExactly('a', ' ', 'b', ' ', 'ü');
        }
    }

    @Test
    void refusesAServerForATillThatIsOnH2() throws Exception {
        record.point(new Pointer("till-1", Pointer.State.SELLING));
        assertThat(refusal()).contains("h2", "postgresql", "--data");
    }

    @Test
    void everyTextExistsInBothLanguages() throws Exception {
        Properties english = load("texts.properties");
        Properties german = load("texts_de.properties");
        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            String spoken = TillRefusal.text(Locale.GERMAN, key, "0", "1", "2");
            assertThat(spoken).isNotEqualTo(TillRefusal.text(Locale.ENGLISH, key, "0", "1", "2"));
            assertThat(spoken).doesNotContain("{");
        }
        assertThatThrownBy(() -> TillRefusal.text(Locale.GERMAN, "nothing"))
                .isInstanceOf(java.util.MissingResourceException.class);
    }

    private static Properties load(String name) throws Exception {
        Properties texts = new Properties();
        try (Reader reader =
                new InputStreamReader(TillRefusal.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
