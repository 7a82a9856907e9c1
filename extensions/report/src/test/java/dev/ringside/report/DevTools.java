// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The protocol by which a browser is told what to do, and tells what has happened. */
final class DevTools implements WebSocket.Listener, AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final Map<Long, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
  private final List<String> events = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private @Nullable WebSocket socket;
  private long last;

  static DevTools connect(URI address) {
    DevTools tools = new DevTools();
    tools.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, tools).join();
    return tools;
  }

  /** Sends a command and waits for its answer. */
  String send(String method, String parameters, @Nullable String session) {
    long id = ++last;
    CompletableFuture<String> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String to = session == null ? "" : ",\"sessionId\":\"" + session + "\"";
    String command =
        "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + to + "}";
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    socket.sendText(command, true).join();
    String answered = patiently(answer, method);
    if (answered.contains("\"error\":{\"code\"")) {
      throw new IllegalStateException(method + ": " + answered);
    }
    return answered;
  }

  private static String patiently(CompletableFuture<String> answer, String what) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Chromium does not answer to " + what, e);
    }
  }

  /** What has happened of this kind in a session, in order. */
  synchronized List<String> events(String method, String session) {
    List<String> found = new ArrayList<>();
    for (String event : events) {
      if (event.contains("\"method\":\"" + method + "\"") && event.contains(session)) {
        found.add(event);
      }
    }
    return found;
  }

  /** Waits until something of this kind has happened in a session. */
  synchronized void await(String method, String session) {
    while (events(method, session).isEmpty()) {
      try {
        wait(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException("Chromium does not tell " + method, e);
      }
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
    part.append(data);
    if (isLast) {
      take(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(String message) {
    CompletableFuture<String> waiting =
        message.startsWith("{\"id\":") ? answers.remove(Json.number(message, "id")) : null;
    if (waiting != null) {
      waiting.complete(message);
    } else {
      synchronized (this) {
        events.add(message);
        notifyAll();
      }
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
