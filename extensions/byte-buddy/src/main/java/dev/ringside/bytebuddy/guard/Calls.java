// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which calls of the platform use the real world. */
final class Calls {

  private static final String NEW = "<init>";

  /** By class, the methods; what takes a clock is asked in the lab's time and not meant. */
  private static final Map<String, Set<String>> CLOCKS =
      Map.ofEntries(
          entry("java/lang/System", Set.of("currentTimeMillis", "nanoTime")),
          entry("java/time/Instant", Set.of("now")),
          entry("java/time/LocalDate", Set.of("now")),
          entry("java/time/LocalTime", Set.of("now")),
          entry("java/time/LocalDateTime", Set.of("now")),
          entry("java/time/OffsetDateTime", Set.of("now")),
          entry("java/time/OffsetTime", Set.of("now")),
          entry("java/time/ZonedDateTime", Set.of("now")),
          entry("java/time/Year", Set.of("now")),
          entry("java/time/YearMonth", Set.of("now")),
          entry("java/time/MonthDay", Set.of("now")),
          entry(
              "java/time/Clock",
              Set.of(
                  "systemUTC",
                  "systemDefaultZone",
                  "system",
                  "tickMillis",
                  "tickSeconds",
                  "tickMinutes")),
          entry("java/util/Calendar", Set.of("getInstance")));

  private static final Map<String, Set<String>> SLEEPS =
      Map.of(
          "java/lang/Thread", Set.of("sleep"),
          "java/util/concurrent/TimeUnit", Set.of("sleep"),
          "java/util/concurrent/locks/LockSupport", Set.of("parkNanos", "parkUntil"));

  private static final Map<String, Set<String>> TIMERS =
      Map.of(
          "java/util/Timer", Set.of(NEW),
          "java/util/concurrent/ScheduledThreadPoolExecutor", Set.of(NEW),
          "java/util/concurrent/Executors",
              Set.of("newScheduledThreadPool", "newSingleThreadScheduledExecutor"),
          "java/util/concurrent/CompletableFuture",
              Set.of("delayedExecutor", "orTimeout", "completeOnTimeout"));

  private static final Map<String, Set<String>> SOCKETS =
      Map.ofEntries(
          entry("java/net/Socket", Set.of(NEW)),
          entry("java/net/ServerSocket", Set.of(NEW)),
          entry("java/net/DatagramSocket", Set.of(NEW)),
          entry("java/net/MulticastSocket", Set.of(NEW)),
          entry("java/net/URL", Set.of("openConnection", "openStream")),
          entry("java/net/http/HttpClient", Set.of("newHttpClient", "newBuilder")),
          entry("java/nio/channels/SocketChannel", Set.of("open")),
          entry("java/nio/channels/ServerSocketChannel", Set.of("open")),
          entry("java/nio/channels/DatagramChannel", Set.of("open")),
          entry("java/nio/channels/AsynchronousSocketChannel", Set.of("open")),
          entry("java/nio/channels/AsynchronousServerSocketChannel", Set.of("open")),
          entry("javax/net/SocketFactory", Set.of("createSocket")),
          entry("javax/net/ssl/SSLSocketFactory", Set.of("createSocket")),
          entry("javax/net/ServerSocketFactory", Set.of("createServerSocket")));

  private Calls() {}

  /** What a call does, null if nothing of the kind. */
  static @Nullable RealWorld of(String owner, String name, String descriptor) {
    if (isIn(CLOCKS, owner, name) && !descriptor.startsWith("(Ljava/time/Clock;")) {
      return RealWorld.WALL_CLOCK;
    } else if (owner.equals("java/util/Date") && name.equals(NEW) && descriptor.equals("()V")) {
      return RealWorld.WALL_CLOCK;
    } else if (isIn(SLEEPS, owner, name) || isTimedWait(name, descriptor)) {
      return RealWorld.SLEEP;
    } else if (isIn(TIMERS, owner, name)) {
      return RealWorld.TIMER;
    }
    return isIn(SOCKETS, owner, name) ? RealWorld.SOCKET : null;
  }

  private static boolean isIn(Map<String, Set<String>> calls, String owner, String name) {
    Set<String> names = calls.get(owner);
    return names != null && names.contains(name);
  }

  /** {@code Object.wait} with a time, whatever the object is. */
  private static boolean isTimedWait(String name, String descriptor) {
    return name.equals("wait") && (descriptor.equals("(J)V") || descriptor.equals("(JI)V"));
  }

  /** Such as {@code System.nanoTime} or {@code new Socket}. */
  static String text(String owner, String name) {
    String type = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
    return name.equals(NEW) ? "new " + type : type + "." + name;
  }
}
