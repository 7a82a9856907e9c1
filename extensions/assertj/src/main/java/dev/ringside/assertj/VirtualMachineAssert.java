// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Failure;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.assertj.error.ShouldReach;
import dev.ringside.host.Host;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.routing.Router;
import dev.ringside.trace.Trace;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a virtual machine: its access to the network, and what it has received.
 *
 * <pre>{@code
 * assertThat(web).hasDirectAccessThrough("p0").received(udp().port(53)).andNothingElse();
 * }</pre>
 */
public class VirtualMachineAssert
    extends AbstractReceiverAssert<VirtualMachineAssert, VirtualMachine> {

  /** The last ping that an assertion of this sentence sent. */
  private @Nullable Probe probe;

  /** Assertions about this one. */
  public VirtualMachineAssert(@Nullable VirtualMachine actual) {
    super(actual, VirtualMachineAssert.class);
  }

  @Override
  protected List<Packet> packets() {
    return actual.inbox().packets();
  }

  @Override
  protected World world() {
    return actual.inbox().world();
  }

  @Override
  protected String subject() {
    return "VM " + actual.name();
  }

  @Override
  protected Endpoint endpoint() {
    return actual;
  }

  // ---- where it is ----

  /**
   * That it is on this host.
   *
   * <pre>{@code
   * assertThat(web).isOn("b1"); // passes
   * lab.migrate(web).to(b2);
   * assertThat(web).isOn("b1"); // fails
   * }</pre>
   */
  public VirtualMachineAssert isOn(String host) {
    return verify(
        () ->
            actual.hostName().equals(host)
                ? null
                : new ShouldBe(
                    subject(),
                    "on host " + host,
                    "on host " + actual.hostName(),
                    evidence(),
                    actual.name()));
  }

  // ---- whom it reaches ----

  /**
   * That it reaches a station: it sends a ping over IPv4, which is answered without time passing.
   * The request stays in the inbox of the station, and the answer in that of the virtual machine.
   *
   * <pre>{@code
   * assertThat(web).reaches(db).through(lab.router()); // passes
   * lab.router().removePort("B");
   * assertThat(web).reaches(db); // fails
   * }</pre>
   */
  public VirtualMachineAssert reaches(Endpoint station) {
    return verify(() -> probed(Probe.overIpv4(actual, station)));
  }

  /**
   * As {@link #reaches}, over IPv6.
   *
   * <pre>{@code
   * assertThat(web).reachesOverIpv6(db); // passes
   * }</pre>
   */
  public VirtualMachineAssert reachesOverIpv6(Endpoint station) {
    return verify(() -> probed(Probe.overIpv6(actual, station)));
  }

  /**
   * As {@link #reaches}, and lets so much time pass if the answer does not come at once.
   *
   * <pre>{@code
   * lab.cable("p0").setLatency(Duration.ofMillis(1));
   * assertThat(web).reachesWithin(Duration.ofMillis(10), lab.wire()); // passes
   * }</pre>
   */
  public VirtualMachineAssert reachesWithin(Duration time, Endpoint station) {
    return verify(() -> probed(Probe.overIpv4(actual, station).within(time)));
  }

  private @Nullable Failure probed(Probe sent) {
    probe = sent;
    return sent.isAnswered()
        ? null
        : ShouldReach.answered(subject(), sent.to().name(), sent.request(), sent.answer());
  }

  /**
   * That a ping of a station is not answered, without time passing. Say for what reasons packets
   * may be lost, as the ping may be.
   *
   * <pre>{@code
   * assertThat(web).doesNotReach(db); // fails
   * }</pre>
   */
  public VirtualMachineAssert doesNotReach(Endpoint station) {
    return verify(
        () -> {
          Probe sent = Probe.overIpv4(actual, station);
          Trace answer = sent.answer();
          return !sent.isAnswered() || answer == null
              ? null
              : ShouldReach.notAnswered(subject(), station.name(), answer);
        });
  }

  /**
   * That the ping which {@link #reaches} sent, and its answer, were sent on by this router.
   *
   * <pre>{@code
   * assertThat(web).reaches(db).through(lab.router()); // passes
   * assertThat(web).reaches(cache).through(lab.router()); // fails: it is in the same subnet
   * }</pre>
   */
  public VirtualMachineAssert through(Router router) {
    return verify(
        () ->
            otherWay(
                "through router " + router.name(),
                way -> way.hops().stream().anyMatch(hop -> Probe.isRouted(hop, router))));
  }

  /**
   * That the ping which {@link #reaches} sent, and its answer, never left this host: they were on
   * no cable and in no switch outside it.
   *
   * <pre>{@code
   * assertThat(web).reaches(cache).withoutLeaving(lab.host("h1")); // passes
   * assertThat(web).reaches(db).withoutLeaving(lab.host("h1")); // fails
   * }</pre>
   */
  public VirtualMachineAssert withoutLeaving(Host host) {
    return verify(
        () ->
            otherWay(
                "without leaving host " + host.name(),
                way ->
                    host.hasVm(actual.name()) && way.hops().stream().noneMatch(Probe::isOutside)));
  }

  private @Nullable Failure otherWay(String how, Predicate<Trace> right) {
    Probe sent = probe;
    if (sent == null) {
      throw new IllegalStateException("no ping was sent; say reaches(station) before");
    }
    Trace answer = sent.answer();
    if (answer == null || !right.test(sent.request())) {
      return ShouldReach.by(subject(), sent.to().name(), how, false, sent.request());
    }
    return right.test(answer)
        ? null
        : ShouldReach.by(subject(), sent.to().name(), how, true, answer);
  }

  private String access() {
    String through = actual.directAccessThrough();
    if (through == null) {
      return "none and is switched";
    }
    return "direct access through "
        + (actual.hasAggregator() ? String.join(", ", actual.aggregator().ports()) : through);
  }

  /**
   * That it has a virtual function of some NIC.
   *
   * <pre>{@code
   * assertThat(web).hasDirectAccess(); // passes
   * // all NICs failed
   * assertThat(web).hasDirectAccess(); // fails
   * }</pre>
   */
  public VirtualMachineAssert hasDirectAccess() {
    return verify(
        () ->
            actual.directAccessThrough() != null
                ? null
                : new ShouldHave(subject(), "direct access", access(), evidence(), actual.name()));
  }

  /**
   * That it has a virtual function of this NIC.
   *
   * <pre>{@code
   * assertThat(web).hasDirectAccessThrough("p0"); // passes
   * host.pnic("p0").fail();
   * assertThat(web).hasDirectAccessThrough("p0"); // fails
   * }</pre>
   */
  public VirtualMachineAssert hasDirectAccessThrough(String pnic) {
    return verify(
        () ->
            actual.hasDirectAccessThrough(pnic)
                ? null
                : new ShouldHave(
                    subject(),
                    "direct access through " + pnic,
                    access(),
                    evidence(),
                    actual.name()));
  }

  /**
   * That it has no virtual function and goes through the virtual switch.
   *
   * <pre>{@code
   * assertThat(web).isSwitched(); // fails
   * // all NICs failed
   * assertThat(web).isSwitched(); // passes
   * }</pre>
   */
  public VirtualMachineAssert isSwitched() {
    return verify(
        () ->
            actual.directAccessThrough() == null
                ? null
                : new ShouldBe(
                    subject(),
                    "switched",
                    access().replace("direct access", "direct"),
                    evidence(),
                    actual.name()));
  }
}
