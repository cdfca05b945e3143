package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Somebody who is logged in at the back office and listens to what the page is told. */
final class Listener {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;
    private final String session;

    /** Logs in. */
    Listener(URI root) throws IOException, InterruptedException {
        this.root = root;
        HttpRequest login = HttpRequest.newBuilder(root.resolve("/pos/api/login"))
                .header("Content-Type", "application/json")
                .header("X-JoeCash", "1")
                .header("Origin", root.toString().replaceAll("/$", ""))
                .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"chef\",\"password\":\"demo\"}"))
                .build();
        HttpResponse<String> answer = client.send(login, HttpResponse.BodyHandlers.ofString());
        session = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    /** Begins to listen; each line with data is an event. */
    BufferedReader listen() throws IOException, InterruptedException {
        HttpRequest events = HttpRequest.newBuilder(root.resolve("/backup/api/v1/events"))
                .header("Cookie", session)
                .GET()
                .build();
        HttpResponse<InputStream> answer = client.send(events, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The first event of somebody who begins to listen now; empty where there is no page. */
    String first() {
        try (BufferedReader events = listen()) {
            return events.readLine();
        } catch (IOException | AssertionError e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
