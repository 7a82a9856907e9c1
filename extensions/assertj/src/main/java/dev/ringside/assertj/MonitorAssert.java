// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Arrivals;
import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.Failure;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHaveBridgedTheRest;
import dev.ringside.assertj.error.ShouldHaveCaptured;
import dev.ringside.assertj.error.ShouldHaveOneCopyEach;
import dev.ringside.assertj.error.ShouldHaveReceived;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.assertj.error.ShouldNotHaveReceived;
import dev.ringside.monitor.Capture;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorState;
import dev.ringside.monitor.MonitoredCard.Rest;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a monitor: what it has captured, and what became of the rest.
 *
 * <pre>{@code
 * assertThat(monitor).captured(3).withOneCopyEach().bridgedTheRest();
 * }</pre>
 */
public class MonitorAssert extends AbstractRingsideAssert<MonitorAssert, Monitor> {

  /** Assertions about this one. */
  public MonitorAssert(@Nullable Monitor actual) {
    super(actual, MonitorAssert.class);
  }

  @Override
  protected String subject() {
    return "monitor " + actual.name() + " of " + PacketMatcher.describe(actual.matcher());
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private Arrivals memory() {
    List<Packet> packets = new ArrayList<>();
    for (Capture capture : actual.captured()) {
      packets.add(capture.packet());
    }
    return new Arrivals("memory of " + subject(), packets, null, evidence());
  }

  // ---- what was captured ----

  /**
   * That so many packets were captured so far, released or not.
   *
   * <pre>{@code
   * assertThat(monitor).captured(3); // passes
   * assertThat(monitor).captured(4); // fails
   * }</pre>
   */
  public MonitorAssert captured(long packets) {
    return verify(
        () ->
            actual.capturedInAll() == packets
                ? null
                : new ShouldHaveCaptured(subject(), actual, packets, evidence()));
  }

  /**
   * That at least one such packet is in memory.
   *
   * <pre>{@code
   * assertThat(monitor).captured(tcp().port(80)); // passes
   * assertThat(monitor).captured(tcp().port(81)); // fails
   * }</pre>
   */
  public MonitorAssert captured(PacketSpec wanted) {
    return verify(
        () -> {
          Arrivals memory = memory();
          return memory.like(wanted).isEmpty() ? new ShouldHaveReceived(memory, wanted) : null;
        });
  }

  /**
   * That no such packet is in memory.
   *
   * <pre>{@code
   * assertThat(monitor).neverCaptured(udp()); // passes
   * assertThat(monitor).neverCaptured(tcp()); // fails
   * }</pre>
   */
  public MonitorAssert neverCaptured(PacketSpec unwanted) {
    return verify(
        () -> {
          Arrivals memory = memory();
          return memory.like(unwanted).isEmpty()
              ? null
              : ShouldNotHaveReceived.like(memory, unwanted);
        });
  }

  /**
   * That every captured packet came straight from a ring of its card, with one copy: through no
   * virtual NIC, switch or stack.
   *
   * <pre>{@code
   * assertThat(monitor).withOneCopyEach(); // passes
   * }</pre>
   */
  public MonitorAssert withOneCopyEach() {
    return verify(
        () -> {
          long copies = actual.memory().copies();
          return copies == actual.capturedInAll()
              ? detour()
              : new ShouldHaveOneCopyEach(subject(), actual.capturedInAll(), copies, evidence());
        });
  }

  private @Nullable Failure detour() {
    for (Capture capture : actual.captured()) {
      Trace way = actual.world().journal().trace(capture.packet());
      boolean inHost = false;
      for (Hop hop : way.hops()) {
        inHost |= hop.stage() == Stage.PNIC;
        if (inHost && !isStraight(hop.stage())) {
          String place = hop.stage() + " " + hop.place();
          return new ShouldHaveOneCopyEach(subject(), place, way, evidence());
        }
      }
    }
    return null;
  }

  private static boolean isStraight(Stage stage) {
    return stage == Stage.PNIC || stage == Stage.RECEIVE_RING || stage == Stage.USER_MEMORY;
  }

  /**
   * That so many packets are in memory now.
   *
   * <pre>{@code
   * assertThat(monitor).holds(3); // passes
   * monitor.releaseAll();
   * assertThat(monitor).holds(3); // fails
   * }</pre>
   */
  public MonitorAssert holds(int packets) {
    return verify(
        () ->
            actual.memory().used() == packets
                ? null
                : new ShouldHold(
                    "memory of " + subject(),
                    packets + (packets == 1 ? " packet" : " packets"),
                    actual.memory().used(),
                    actual.memory(),
                    evidence()));
  }

  /**
   * That its rings have refused nothing because they were full.
   *
   * <pre>{@code
   * assertThat(monitor).lostNothing(); // passes
   * // memory and ring are full
   * assertThat(monitor).lostNothing(); // fails
   * }</pre>
   */
  public MonitorAssert lostNothing() {
    return lost(0);
  }

  /**
   * That its rings have refused so many packets because they were full.
   *
   * <pre>{@code
   * assertThat(monitor).lost(2); // passes
   * assertThat(monitor).lost(3); // fails
   * }</pre>
   */
  public MonitorAssert lost(long packets) {
    return verifyCount("lost", packets, actual::lost);
  }

  /**
   * That so many packets were captured only in part.
   *
   * <pre>{@code
   * assertThat(monitor).truncated(1); // passes
   * assertThat(monitor).truncated(2); // fails
   * }</pre>
   */
  public MonitorAssert truncated(long packets) {
    return verifyCount("truncated", packets, actual::truncated);
  }

  // ---- what became of it ----

  /**
   * That the application has let so many packets go on.
   *
   * <pre>{@code
   * assertThat(monitor).reinjected(2); // passes
   * assertThat(monitor).reinjected(3); // fails
   * }</pre>
   */
  public MonitorAssert reinjected(long packets) {
    return verifyCount("re-injected", packets, actual::reinjected);
  }

  /**
   * That the application has refused so many packets.
   *
   * <pre>{@code
   * assertThat(monitor).blocked(1); // passes
   * assertThat(monitor).blocked(2); // fails
   * }</pre>
   */
  public MonitorAssert blocked(long packets) {
    return verifyCount("blocked", packets, actual::blocked);
  }

  /**
   * That all that no monitor took has left through the other card of the bridge.
   *
   * <pre>{@code
   * assertThat(monitor).bridgedTheRest(); // passes
   * // the other card fails
   * assertThat(monitor).bridgedTheRest(); // fails
   * }</pre>
   */
  public MonitorAssert bridgedTheRest() {
    return verify(
        () -> {
          List<Rest> rest = actual.rest();
          for (Rest one : rest) {
            if (one.bridge().isEmpty() || one.offered() != one.bridged()) {
              return new ShouldHaveBridgedTheRest(subject(), rest, evidence());
            }
          }
          return null;
        });
  }

  // ---- what it does ----

  /**
   * That its rule is on these cards and no others.
   *
   * <pre>{@code
   * assertThat(monitor).isOn("p0"); // passes
   * host.pnic("p0").fail();
   * assertThat(monitor).isOn("p0"); // fails
   * }</pre>
   */
  public MonitorAssert isOn(String... cards) {
    return verify(
        () ->
            actual.cards().equals(List.of(cards))
                ? null
                : new ShouldBe(
                    subject(),
                    "on " + List.of(cards),
                    "on " + actual.cards(),
                    evidence(),
                    actual.name()));
  }

  /**
   * That it is in this state.
   *
   * <pre>{@code
   * assertThat(monitor).is(MonitorState.WATCHING); // passes
   * monitor.die();
   * assertThat(monitor).is(MonitorState.WATCHING); // fails
   * }</pre>
   */
  public MonitorAssert is(MonitorState state) {
    return verify(
        () ->
            actual.state() == state
                ? null
                : new ShouldBe(
                    subject(), word(state), word(actual.state()), evidence(), actual.name()));
  }

  private static String word(MonitorState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
