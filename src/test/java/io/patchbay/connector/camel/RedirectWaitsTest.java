package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The request that follows a redirect may wait long for its place under a limit: longer than the system's patience. */
class RedirectWaitsTest extends ShopCalls {

    private void shop(String timeout, String policy) throws Exception {
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [" + policy + "]}",
                "me.get: {kind: read, method: GET, path: /me, timeout: " + timeout + "}\n",
                "");
    }

    private void redirecting() {
        serve("/api/me", exchange -> {
            exchange.getResponseHeaders().set("Location", "/api/there");
            World.json(exchange, 302, "");
        });
        serve("/api/there", exchange -> World.json(exchange, 200, "{}"));
    }

    @Test
    void theWaitIsNoTimeOfTheSystem() throws Exception {
        redirecting();
        shop("50ms", "{algorithm: fixedWindow, limit: 1, period: 1s}");

        assertThat(world.call("connector:shop/me.get", nothing(), attempt, null).getException())
                .isNull();

        assertThat(asked).containsExactly("GET /api/me", "GET /api/there");
    }

    @Test
    void aConnectionThatTheSystemClosesMeanwhileIsNotUsed() throws Exception {
        ExecutorService serving = Executors.newCachedThreadPool();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            serving.execute(() -> accept(server, serving));
            shop("2s", "{algorithm: fixedWindow, limit: 1, period: 1500ms}");
            world.rewrite("http://127.0.0.1:${settings.port}", "http://127.0.0.1:" + server.getLocalPort());

            assertThat(world.call("connector:shop/me.get", nothing(), attempt, null)
                            .getException())
                    .isNull();
        } finally {
            serving.shutdownNow();
        }
    }

    private static void accept(ServerSocket server, ExecutorService serving) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                serving.execute(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Closes a connection that does nothing for a while, as servers do. */
    private static void talk(Socket socket) {
        try (socket) {
            socket.setSoTimeout(300);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = in.readLine();
            while (line != null) {
                boolean first = line.contains("/me");
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                String answer = first
                        ? "HTTP/1.1 302 Found\r\nLocation: /api/there\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                line = in.readLine();
            }
        } catch (IOException e) {
            // nothing came for a while
        }
    }

    @Test
    void whereNobodyWaitsTheRedirectIsNotFollowed() throws Exception {
        redirecting();
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: fixedWindow, limit: 1, period: 1m}], onLimit: fail}",
                "me.get: {kind: read, method: GET, path: /me}\n",
                "");

        StepException why = failure("connector:shop/me.get");

        assertThat(why.code()).isEqualTo("RATE_LIMITED");
        assertThat(why.retryable()).isTrue();
        assertThat(asked).containsExactly("GET /api/me");
    }

    @Test
    void theWaitEndsWithTheAttempt() throws Exception {
        redirecting();
        shop("2s", "{algorithm: fixedWindow, limit: 1, period: 1m}");
        FakeAttempt given = new FakeAttempt();
        CompletableFuture<Exchange> call = CompletableFuture.supplyAsync(() -> {
            try {
                return world.call("connector:shop/me.get", nothing(), given, null);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> asked.size() == 1);
        Awaitility.await().until(() -> {
            given.cancel();
            return call.isDone();
        });

        assertThat(call.get(5, TimeUnit.SECONDS).getException())
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.code()).isEqualTo("CANCELLED"));
        assertThat(asked).containsExactly("GET /api/me");
    }
}
