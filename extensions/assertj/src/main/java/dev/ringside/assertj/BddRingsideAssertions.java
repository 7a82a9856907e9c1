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
import org.assertj.core.api.BDDAssertions;
import org.jspecify.annotations.Nullable;

/**
 * {@link RingsideAssertions} for tests that say given, when, then.
 *
 * <pre>{@code
 * import static dev.ringside.assertj.BddRingsideAssertions.then;
 *
 * then(web).received(udp().port(53)).andNothingElse();
 * }</pre>
 */
public class BddRingsideAssertions extends BDDAssertions
    implements RingsideInstanceOfAssertFactories {

  /** For those who extend it. */
  protected BddRingsideAssertions() {}

  /** Assertions about a lab. */
  public static LabAssert then(@Nullable Lab actual) {
    return new LabAssert(actual);
  }

  /** Assertions about the aggregation of a host. */
  public static LinkAggregatorAssert then(@Nullable LinkAggregator actual) {
    return new LinkAggregatorAssert(actual);
  }

  /** Assertions about one end of links that speaks LACP. */
  public static LacpSystemAssert then(@Nullable LacpSystem actual) {
    return new LacpSystemAssert(actual);
  }

  /** Assertions about how connections are spread. */
  public static VirtualLinkAggregatorAssert then(@Nullable VirtualLinkAggregator actual) {
    return new VirtualLinkAggregatorAssert(actual);
  }

  /** Assertions about a virtual switch, or the one outside the hosts. */
  public static SwitchAssert then(@Nullable LearningSwitch actual) {
    return new SwitchAssert(actual);
  }

  /** Assertions about a router: its routes, and what it dropped. */
  public static RouterAssert then(@Nullable Router actual) {
    return new RouterAssert(actual);
  }

  /** Assertions about the switch of a virtual machine that reaches others by proxies. */
  public static ProxySwitchAssert then(@Nullable ProxySwitch actual) {
    return new ProxySwitchAssert(actual);
  }

  /** Assertions about a transfer. */
  public static TransferAssert then(@Nullable Transfer actual) {
    return new TransferAssert(actual);
  }

  /** Assertions about the buffers that a node has posted. */
  public static ReceiveQueueAssert then(@Nullable ReceiveQueue actual) {
    return new ReceiveQueueAssert(actual);
  }

  /** Assertions about a channel between two virtual machines. */
  public static ChannelAssert then(@Nullable Channel actual) {
    return new ChannelAssert(actual);
  }

  /** Assertions about a host. */
  public static HostAssert then(@Nullable Host actual) {
    return new HostAssert(actual);
  }

  /** Assertions about a physical NIC. */
  public static PhysicalNicAssert then(@Nullable PhysicalNic actual) {
    return new PhysicalNicAssert(actual);
  }

  /** Assertions about a hardware receive ring. */
  public static ReceiveRingAssert then(@Nullable ReceiveRing actual) {
    return new ReceiveRingAssert(actual);
  }

  /** Assertions about a flow table. */
  public static FlowTableAssert then(@Nullable FlowTable actual) {
    return new FlowTableAssert(actual);
  }

  /** Assertions about a virtual function. */
  public static VirtualFunctionAssert then(@Nullable VirtualFunction actual) {
    return new VirtualFunctionAssert(actual);
  }

  /** Assertions about a packet. */
  public static PacketAssert then(@Nullable Packet actual) {
    return new PacketAssert(actual);
  }

  /** Assertions about what has arrived and was not taken out. */
  public static InboxAssert then(@Nullable Inbox actual) {
    return new InboxAssert(actual);
  }

  /** Assertions about the packets of one device. */
  public static AccountAssert then(@Nullable Account actual) {
    return new AccountAssert(actual);
  }

  /** Assertions about what happened in a lab. */
  public static JournalAssert then(@Nullable Journal actual) {
    return new JournalAssert(actual);
  }

  /** Assertions about the fates of all packets of a lab. */
  public static LedgerAssert then(@Nullable Ledger actual) {
    return new LedgerAssert(actual);
  }

  /** Assertions about the way of a packet. */
  public static TraceAssert then(@Nullable Trace actual) {
    return new TraceAssert(actual);
  }

  /** Assertions about a monitor. */
  public static MonitorAssert then(@Nullable Monitor actual) {
    return new MonitorAssert(actual);
  }

  /** Assertions about a virtual NIC. */
  public static VnicAssert then(@Nullable Vnic actual) {
    return new VnicAssert(actual);
  }

  /** Assertions about the transmit buffers of a host. */
  public static TransmitBuffersAssert then(@Nullable TransmitBuffers actual) {
    return new TransmitBuffersAssert(actual);
  }

  /** Assertions about a transmit buffer. */
  public static TransmitBufferAssert then(@Nullable TransmitBuffer actual) {
    return new TransmitBufferAssert(actual);
  }

  /** Assertions about a request for a transmit buffer. */
  public static TransmitBufferRequestAssert then(@Nullable TransmitBufferRequest actual) {
    return new TransmitBufferRequestAssert(actual);
  }

  /** Assertions about a virtual machine. */
  public static VirtualMachineAssert then(@Nullable VirtualMachine actual) {
    return new VirtualMachineAssert(actual);
  }

  /** Assertions about a cable. */
  public static CableAssert then(@Nullable Cable actual) {
    return new CableAssert(actual);
  }

  /** Assertions about the test's own station. */
  public static StationAssert then(@Nullable Station actual) {
    return new StationAssert(actual);
  }

  /** Assertions about a standby ring. */
  public static StandbyRingAssert then(@Nullable StandbyRing actual) {
    return new StandbyRingAssert(actual);
  }

  /** Assertions about an attack that is being contained. */
  public static ContainmentAssert then(@Nullable Containment actual) {
    return new ContainmentAssert(actual);
  }

  /** Assertions about what a host steers aside. */
  public static SteeringAssert then(@Nullable Steering actual) {
    return new SteeringAssert(actual);
  }

  /** Assertions about a software ring. */
  public static SoftwareRingAssert then(@Nullable SoftwareRing actual) {
    return new SoftwareRingAssert(actual);
  }

  /** Assertions about the receive ring in software of a virtual NIC. */
  public static SoftwareReceiveRingAssert then(@Nullable SoftwareReceiveRing actual) {
    return new SoftwareReceiveRingAssert(actual);
  }

  /** Assertions about what a target has of its host's memory. */
  public static QuotaAssert then(@Nullable Quota actual) {
    return new QuotaAssert(actual);
  }

  /** Assertions about a request that waits, or has waited. */
  public static WaiterAssert then(@Nullable Waiter actual) {
    return new WaiterAssert(actual);
  }

  /** Assertions about a chassis. */
  public static BladeChassisAssert then(@Nullable BladeChassis actual) {
    return new BladeChassisAssert(actual);
  }

  /** Assertions about the interconnect of a chassis. */
  public static InterconnectAssert then(@Nullable Interconnect actual) {
    return new InterconnectAssert(actual);
  }

  /** Assertions about the table by which a chassis finds virtual NICs. */
  public static VirtualSwitchingTableAssert then(@Nullable VirtualSwitchingTable actual) {
    return new VirtualSwitchingTableAssert(actual);
  }

  /** Assertions about a migration. */
  public static MigrationAssert then(@Nullable Migration actual) {
    return new MigrationAssert(actual);
  }

  /** Assertions about the virtual router of a host. */
  public static VirtualRouterAssert then(@Nullable VirtualRouter actual) {
    return new VirtualRouterAssert(actual);
  }
}
