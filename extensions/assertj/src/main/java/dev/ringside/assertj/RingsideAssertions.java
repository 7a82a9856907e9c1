// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.Lab;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.Interconnect;
import dev.ringside.chassis.VirtualSwitchingTable;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.lacp.LacpSystem;
import dev.ringside.memory.Quota;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.migration.Migration;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.StandbyRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.routing.Router;
import dev.ringside.stack.Inbox;
import dev.ringside.steering.Containment;
import dev.ringside.steering.Steering;
import dev.ringside.trace.Account;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Ledger;
import dev.ringside.trace.Trace;
import dev.ringside.transfer.ReceiveQueue;
import dev.ringside.transfer.Transfer;
import dev.ringside.virt.Channel;
import dev.ringside.virt.ProxySwitch;
import dev.ringside.virt.SoftwareReceiveRing;
import dev.ringside.virt.SoftwareRing;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Station;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions start; made to be imported statically. AssertJ's own come with it, so that one
 * import serves both.
 *
 * <pre>{@code
 * import static dev.ringside.assertj.RingsideAssertions.assertThat;
 *
 * assertThat(web).hasDirectAccessThrough("p1").received(udp().port(53)).andNothingElse();
 * assertThat(lab.journal()).containsInOrder(standbyChosen("p1"), pnicActivated("p1"));
 * assertThat(answer).isEqualTo("42");
 * }</pre>
 *
 * <p>A failure tells what was wanted, what was there, the nearest miss, the way of the packet that
 * was wanted, and how to have the same run again.
 */
public class RingsideAssertions extends Assertions implements RingsideInstanceOfAssertFactories {

  /** For those who extend it. */
  protected RingsideAssertions() {}

  /** Assertions about a lab. */
  public static LabAssert assertThat(@Nullable Lab actual) {
    return new LabAssert(actual);
  }

  /** Assertions about the aggregation of a host. */
  public static LinkAggregatorAssert assertThat(@Nullable LinkAggregator actual) {
    return new LinkAggregatorAssert(actual);
  }

  /** Assertions about one end of links that speaks LACP. */
  public static LacpSystemAssert assertThat(@Nullable LacpSystem actual) {
    return new LacpSystemAssert(actual);
  }

  /** Assertions about how connections are spread. */
  public static VirtualLinkAggregatorAssert assertThat(@Nullable VirtualLinkAggregator actual) {
    return new VirtualLinkAggregatorAssert(actual);
  }

  /** Assertions about a virtual switch, or the one outside the hosts. */
  public static SwitchAssert assertThat(@Nullable LearningSwitch actual) {
    return new SwitchAssert(actual);
  }

  /** Assertions about a router: its routes, and what it dropped. */
  public static RouterAssert assertThat(@Nullable Router actual) {
    return new RouterAssert(actual);
  }

  /** Assertions about the switch of a virtual machine that reaches others by proxies. */
  public static ProxySwitchAssert assertThat(@Nullable ProxySwitch actual) {
    return new ProxySwitchAssert(actual);
  }

  /** Assertions about a transfer. */
  public static TransferAssert assertThat(@Nullable Transfer actual) {
    return new TransferAssert(actual);
  }

  /** Assertions about the buffers that a node has posted. */
  public static ReceiveQueueAssert assertThat(@Nullable ReceiveQueue actual) {
    return new ReceiveQueueAssert(actual);
  }

  /** Assertions about a channel between two virtual machines. */
  public static ChannelAssert assertThat(@Nullable Channel actual) {
    return new ChannelAssert(actual);
  }

  /** Assertions about a host. */
  public static HostAssert assertThat(@Nullable Host actual) {
    return new HostAssert(actual);
  }

  /** Assertions about a physical NIC. */
  public static PhysicalNicAssert assertThat(@Nullable PhysicalNic actual) {
    return new PhysicalNicAssert(actual);
  }

  /** Assertions about a hardware receive ring. */
  public static ReceiveRingAssert assertThat(@Nullable ReceiveRing actual) {
    return new ReceiveRingAssert(actual);
  }

  /** Assertions about a flow table. */
  public static FlowTableAssert assertThat(@Nullable FlowTable actual) {
    return new FlowTableAssert(actual);
  }

  /** Assertions about a virtual function. */
  public static VirtualFunctionAssert assertThat(@Nullable VirtualFunction actual) {
    return new VirtualFunctionAssert(actual);
  }

  /** Assertions about a packet. */
  public static PacketAssert assertThat(@Nullable Packet actual) {
    return new PacketAssert(actual);
  }

  /** Assertions about what has arrived and was not taken out. */
  public static InboxAssert assertThat(@Nullable Inbox actual) {
    return new InboxAssert(actual);
  }

  /** Assertions about the packets of one device. */
  public static AccountAssert assertThat(@Nullable Account actual) {
    return new AccountAssert(actual);
  }

  /** Assertions about what happened in a lab. */
  public static JournalAssert assertThat(@Nullable Journal actual) {
    return new JournalAssert(actual);
  }

  /** Assertions about the fates of all packets of a lab. */
  public static LedgerAssert assertThat(@Nullable Ledger actual) {
    return new LedgerAssert(actual);
  }

  /** Assertions about the way of a packet. */
  public static TraceAssert assertThat(@Nullable Trace actual) {
    return new TraceAssert(actual);
  }

  /** Assertions about a monitor. */
  public static MonitorAssert assertThat(@Nullable Monitor actual) {
    return new MonitorAssert(actual);
  }

  /** Assertions about a virtual NIC. */
  public static VnicAssert assertThat(@Nullable Vnic actual) {
    return new VnicAssert(actual);
  }

  /** Assertions about the transmit buffers of a host. */
  public static TransmitBuffersAssert assertThat(@Nullable TransmitBuffers actual) {
    return new TransmitBuffersAssert(actual);
  }

  /** Assertions about a transmit buffer. */
  public static TransmitBufferAssert assertThat(@Nullable TransmitBuffer actual) {
    return new TransmitBufferAssert(actual);
  }

  /** Assertions about a request for a transmit buffer. */
  public static TransmitBufferRequestAssert assertThat(@Nullable TransmitBufferRequest actual) {
    return new TransmitBufferRequestAssert(actual);
  }

  /** Assertions about a virtual machine. */
  public static VirtualMachineAssert assertThat(@Nullable VirtualMachine actual) {
    return new VirtualMachineAssert(actual);
  }

  /** Assertions about a cable. */
  public static CableAssert assertThat(@Nullable Cable actual) {
    return new CableAssert(actual);
  }

  /** Assertions about the test's own station. */
  public static StationAssert assertThat(@Nullable Station actual) {
    return new StationAssert(actual);
  }

  /** Assertions about a standby ring. */
  public static StandbyRingAssert assertThat(@Nullable StandbyRing actual) {
    return new StandbyRingAssert(actual);
  }

  /** Assertions about an attack that is being contained. */
  public static ContainmentAssert assertThat(@Nullable Containment actual) {
    return new ContainmentAssert(actual);
  }

  /** Assertions about what a host steers aside. */
  public static SteeringAssert assertThat(@Nullable Steering actual) {
    return new SteeringAssert(actual);
  }

  /** Assertions about a software ring. */
  public static SoftwareRingAssert assertThat(@Nullable SoftwareRing actual) {
    return new SoftwareRingAssert(actual);
  }

  /** Assertions about the receive ring in software of a virtual NIC. */
  public static SoftwareReceiveRingAssert assertThat(@Nullable SoftwareReceiveRing actual) {
    return new SoftwareReceiveRingAssert(actual);
  }

  /** Assertions about what a target has of its host's memory. */
  public static QuotaAssert assertThat(@Nullable Quota actual) {
    return new QuotaAssert(actual);
  }

  /** Assertions about a request that waits, or has waited. */
  public static WaiterAssert assertThat(@Nullable Waiter actual) {
    return new WaiterAssert(actual);
  }

  /** Assertions about a chassis. */
  public static BladeChassisAssert assertThat(@Nullable BladeChassis actual) {
    return new BladeChassisAssert(actual);
  }

  /** Assertions about the interconnect of a chassis. */
  public static InterconnectAssert assertThat(@Nullable Interconnect actual) {
    return new InterconnectAssert(actual);
  }

  /** Assertions about the table by which a chassis finds virtual NICs. */
  public static VirtualSwitchingTableAssert assertThat(@Nullable VirtualSwitchingTable actual) {
    return new VirtualSwitchingTableAssert(actual);
  }

  /** Assertions about a migration. */
  public static MigrationAssert assertThat(@Nullable Migration actual) {
    return new MigrationAssert(actual);
  }

  /** Assertions about the virtual router of a host. */
  public static VirtualRouterAssert assertThat(@Nullable VirtualRouter actual) {
    return new VirtualRouterAssert(actual);
  }
}
