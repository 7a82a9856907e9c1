// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.bytebuddy.guard.innocent.Library;
import dev.ringside.bytebuddy.guard.victim.Agent;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("guards") // a thread that a test has not started belongs to the only guard there is
class RealWorldGuardTest {

  private static final String VICTIM = "dev.ringside.bytebuddy.guard.victim";

  private final RealWorldGuard guard = RealWorldGuard.over(VICTIM);

  @AfterEach
  void close() {
    guard.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          millis     | millis           | WALL_CLOCK | System.currentTimeMillis
          instant    | instant          | WALL_CLOCK | Instant.now
          local      | local            | WALL_CLOCK | LocalDateTime.now
          clock      | clock            | WALL_CLOCK | Clock.systemUTC
          date       | date             | WALL_CLOCK | new Date
          reference  | reference        | WALL_CLOCK | System.nanoTime
          lambda     | lambda$lambda$0  | WALL_CLOCK | System.nanoTime
          sleep      | sleep            | SLEEP      | Thread.sleep
          unit       | unit             | SLEEP      | TimeUnit.sleep
          park       | park             | SLEEP      | LockSupport.parkNanos
          await      | await            | SLEEP      | Object.wait
          timer      | timer            | TIMER      | new Timer
          scheduler  | scheduler        | TIMER      | Executors.newScheduledThreadPool
          timeout    | timeout          | TIMER      | CompletableFuture.orTimeout
          socket     | socket           | SOCKET     | new Socket
          server     | server           | SOCKET     | new ServerSocket
          datagram   | datagram         | SOCKET     | new DatagramSocket
          channel    | channel          | SOCKET     | SocketChannel.open
          datagrams  | datagrams        | SOCKET     | DatagramChannel.open
          """)
  void each_way_out_of_the_lab_is_found(String method, String where, RealWorld world, String call) {
    assertThatThrownBy(() -> Agent.class.getMethod(method).invoke(null))
        .cause()
        .isInstanceOf(RealWorldError.class);

    RealWorldUse use = guard.uses().get(0);
    assertThat(guard.uses()).hasSize(1);
    assertThat(use.type()).isEqualTo(VICTIM + ".Agent");
    assertThat(use.method()).startsWith(where.contains("lambda$") ? "lambda$lambda$" : where);
    assertThat(use.call()).isEqualTo(call);
    assertThat(use.world()).isEqualTo(world);
    assertThat(use.line()).isPositive();
  }

  @Test
  void the_error_names_class_method_and_line_and_what_to_use() {
    assertThatThrownBy(Agent::millis)
        .isInstanceOf(RealWorldError.class)
        .hasMessage(
            """
            the code under test leaves its lab
            - dev.ringside.bytebuddy.guard.victim.Agent.millis, line 25, reads the wall clock by \
            System.currentTimeMillis; use lab.clock()""");
    assertThatThrownBy(Agent::sleep)
        .hasMessageEndingWith(
            "sleeps in real time by Thread.sleep; use lab.executor(), and lab.advance(...) in the"
                + " test");
    assertThatThrownBy(Agent::socket)
        .hasMessageEndingWith(
            "opens a real socket by new Socket; use a virtual machine of the lab, vm.send(...) and"
                + " vm.onUdp(...)");
    assertThatThrownBy(Agent::timer)
        .hasMessageEndingWith(
            "starts a timer in real time by new Timer; use lab.executor(), and lab.advance(...) in"
                + " the test");
  }

  @Test
  void what_the_code_keeps_to_itself_is_told_by_the_check() {
    Agent.swallow();
    Agent.swallow();

    assertThatThrownBy(guard::check)
        .isInstanceOf(RealWorldError.class)
        .hasMessageStartingWith("the code under test leaves its lab\n- dev.ringside")
        .hasMessageContaining("line 25");
    assertThat(guard.uses()).hasSize(2);
  }

  @Test
  void the_labs_time_and_the_rest_of_the_platform_are_free() throws InterruptedException {
    try (Lab lab = Lab.open()) {
      assertThat(Agent.byClock(lab.clock())).isEqualTo(Instant.now(lab.clock()));
      assertThat(Agent.ofEpoch()).isNotNull();
      Agent.joinAndNotify();
    }
    guard.check();
  }

  @Test
  void code_of_other_packages_is_left_alone() {
    assertThat(Library.time()).isNotZero();
    guard.check();
  }

  @Test
  void without_a_guard_nobody_is_watched() {
    guard.close();
    assertThatCode(Agent::millis).doesNotThrowAnyException();
    guard.check();
  }

  @Test
  void threads_that_the_code_starts_are_watched_too() throws InterruptedException {
    Thread thread = new Thread(Agent::swallow);
    thread.start();
    thread.join();

    assertThat(guard.uses()).hasSize(1);
  }

  @Test
  void a_guard_within_a_guard_sees_what_happens_in_it() throws Exception {
    try (RealWorldGuard inner = RealWorldGuard.over(VICTIM)) {
      Agent.swallow();
      assertThat(inner.uses()).hasSize(1);
    }
    assertThat(guard.uses()).isEmpty();
    Agent.swallow();
    assertThat(guard.uses()).hasSize(1);
  }

  @Test
  void a_thread_that_was_there_before_belongs_to_the_only_guard() throws Exception {
    guard.close();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<?> started = pool.submit(() -> {});
      started.get();
      try (RealWorldGuard later = RealWorldGuard.over(VICTIM)) {
        Future<?> task = pool.submit(Agent::swallow);
        task.get();
        assertThat(later.uses()).hasSize(1);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void packages_are_those_of_the_code_under_test() {
    assertThatThrownBy(RealWorldGuard::over)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no package to guard; name those of the code under test, such as \"com.example.agent\"");
    assertThatThrownBy(() -> RealWorldGuard.over("java.util"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("package 'java.util' cannot be guarded; name those of the code under test");
    assertThatThrownBy(() -> RealWorldGuard.over(" "))
        .hasMessage("package ' ' cannot be guarded; name those of the code under test");
    assertThat(guard).hasToString("guard over [" + VICTIM + "]");
  }
}
