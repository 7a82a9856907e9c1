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
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;

/**
 * {@link RingsideSoftAssertionsProvider} for tests that say given, when, then.
 *
 * <pre>{@code
 * class OurSoftAssertions extends AbstractSoftAssertions
 *     implements BddRingsideSoftAssertionsProvider, OtherSoftAssertionsProvider {}
 * }</pre>
 */
public interface BddRingsideSoftAssertionsProvider extends SoftAssertionsProvider {

  /** Assertions about a lab. */
  default LabAssert then(@Nullable Lab actual) {
    return proxy(LabAssert.class, Lab.class, actual);
  }

  /** Assertions about the aggregation of a host. */
  default LinkAggregatorAssert then(@Nullable LinkAggregator actual) {
    return proxy(LinkAggregatorAssert.class, LinkAggregator.class, actual);
  }

  /** Assertions about one end of links that speaks LACP. */
  default LacpSystemAssert then(@Nullable LacpSystem actual) {
    return proxy(LacpSystemAssert.class, LacpSystem.class, actual);
  }

  /** Assertions about how connections are spread. */
  default VirtualLinkAggregatorAssert then(@Nullable VirtualLinkAggregator actual) {
    return proxy(VirtualLinkAggregatorAssert.class, VirtualLinkAggregator.class, actual);
  }

  /** Assertions about a virtual switch, or the one outside the hosts. */
  default SwitchAssert then(@Nullable LearningSwitch actual) {
    return proxy(SwitchAssert.class, LearningSwitch.class, actual);
  }

  /** Assertions about a router: its routes, and what it dropped. */
  default RouterAssert then(@Nullable Router actual) {
    return proxy(RouterAssert.class, Router.class, actual);
  }

  /** Assertions about the switch of a virtual machine that reaches others by proxies. */
  default ProxySwitchAssert then(@Nullable ProxySwitch actual) {
    return proxy(ProxySwitchAssert.class, ProxySwitch.class, actual);
  }

  /** Assertions about a transfer. */
  default TransferAssert then(@Nullable Transfer actual) {
    return proxy(TransferAssert.class, Transfer.class, actual);
  }

  /** Assertions about the buffers that a node has posted. */
  default ReceiveQueueAssert then(@Nullable ReceiveQueue actual) {
    return proxy(ReceiveQueueAssert.class, ReceiveQueue.class, actual);
  }

  /** Assertions about a channel between two virtual machines. */
  default ChannelAssert then(@Nullable Channel actual) {
    return proxy(ChannelAssert.class, Channel.class, actual);
  }

  /** Assertions about a host. */
  default HostAssert then(@Nullable Host actual) {
    return proxy(HostAssert.class, Host.class, actual);
  }

  /** Assertions about a physical NIC. */
  default PhysicalNicAssert then(@Nullable PhysicalNic actual) {
    return proxy(PhysicalNicAssert.class, PhysicalNic.class, actual);
  }

  /** Assertions about a hardware receive ring. */
  default ReceiveRingAssert then(@Nullable ReceiveRing actual) {
    return proxy(ReceiveRingAssert.class, ReceiveRing.class, actual);
  }

  /** Assertions about a flow table. */
  default FlowTableAssert then(@Nullable FlowTable actual) {
    return proxy(FlowTableAssert.class, FlowTable.class, actual);
  }

  /** Assertions about a virtual function. */
  default VirtualFunctionAssert then(@Nullable VirtualFunction actual) {
    return proxy(VirtualFunctionAssert.class, VirtualFunction.class, actual);
  }

  /** Assertions about a packet. */
  default PacketAssert then(@Nullable Packet actual) {
    return proxy(PacketAssert.class, Packet.class, actual);
  }

  /** Assertions about what has arrived and was not taken out. */
  default InboxAssert then(@Nullable Inbox actual) {
    return proxy(InboxAssert.class, Inbox.class, actual);
  }

  /** Assertions about the packets of one device. */
  default AccountAssert then(@Nullable Account actual) {
    return proxy(AccountAssert.class, Account.class, actual);
  }

  /** Assertions about what happened in a lab. */
  default JournalAssert then(@Nullable Journal actual) {
    return proxy(JournalAssert.class, Journal.class, actual);
  }

  /** Assertions about the fates of all packets of a lab. */
  default LedgerAssert then(@Nullable Ledger actual) {
    return proxy(LedgerAssert.class, Ledger.class, actual);
  }

  /** Assertions about the way of a packet. */
  default TraceAssert then(@Nullable Trace actual) {
    return proxy(TraceAssert.class, Trace.class, actual);
  }

  /** Assertions about a monitor. */
  default MonitorAssert then(@Nullable Monitor actual) {
    return proxy(MonitorAssert.class, Monitor.class, actual);
  }

  /** Assertions about a virtual NIC. */
  default VnicAssert then(@Nullable Vnic actual) {
    return proxy(VnicAssert.class, Vnic.class, actual);
  }

  /** Assertions about the transmit buffers of a host. */
  default TransmitBuffersAssert then(@Nullable TransmitBuffers actual) {
    return proxy(TransmitBuffersAssert.class, TransmitBuffers.class, actual);
  }

  /** Assertions about a transmit buffer. */
  default TransmitBufferAssert then(@Nullable TransmitBuffer actual) {
    return proxy(TransmitBufferAssert.class, TransmitBuffer.class, actual);
  }

  /** Assertions about a request for a transmit buffer. */
  default TransmitBufferRequestAssert then(@Nullable TransmitBufferRequest actual) {
    return proxy(TransmitBufferRequestAssert.class, TransmitBufferRequest.class, actual);
  }

  /** Assertions about a virtual machine. */
  default VirtualMachineAssert then(@Nullable VirtualMachine actual) {
    return proxy(VirtualMachineAssert.class, VirtualMachine.class, actual);
  }

  /** Assertions about a cable. */
  default CableAssert then(@Nullable Cable actual) {
    return proxy(CableAssert.class, Cable.class, actual);
  }

  /** Assertions about the test's own station. */
  default StationAssert then(@Nullable Station actual) {
    return proxy(StationAssert.class, Station.class, actual);
  }

  /** Assertions about a standby ring. */
  default StandbyRingAssert then(@Nullable StandbyRing actual) {
    return proxy(StandbyRingAssert.class, StandbyRing.class, actual);
  }

  /** Assertions about an attack that is being contained. */
  default ContainmentAssert then(@Nullable Containment actual) {
    return proxy(ContainmentAssert.class, Containment.class, actual);
  }

  /** Assertions about what a host steers aside. */
  default SteeringAssert then(@Nullable Steering actual) {
    return proxy(SteeringAssert.class, Steering.class, actual);
  }

  /** Assertions about a software ring. */
  default SoftwareRingAssert then(@Nullable SoftwareRing actual) {
    return proxy(SoftwareRingAssert.class, SoftwareRing.class, actual);
  }

  /** Assertions about the receive ring in software of a virtual NIC. */
  default SoftwareReceiveRingAssert then(@Nullable SoftwareReceiveRing actual) {
    return proxy(SoftwareReceiveRingAssert.class, SoftwareReceiveRing.class, actual);
  }

  /** Assertions about what a target has of its host's memory. */
  default QuotaAssert then(@Nullable Quota actual) {
    return proxy(QuotaAssert.class, Quota.class, actual);
  }

  /** Assertions about a request that waits, or has waited. */
  default WaiterAssert then(@Nullable Waiter actual) {
    return proxy(WaiterAssert.class, Waiter.class, actual);
  }

  /** Assertions about a chassis. */
  default BladeChassisAssert then(@Nullable BladeChassis actual) {
    return proxy(BladeChassisAssert.class, BladeChassis.class, actual);
  }

  /** Assertions about the interconnect of a chassis. */
  default InterconnectAssert then(@Nullable Interconnect actual) {
    return proxy(InterconnectAssert.class, Interconnect.class, actual);
  }

  /** Assertions about the table by which a chassis finds virtual NICs. */
  default VirtualSwitchingTableAssert then(@Nullable VirtualSwitchingTable actual) {
    return proxy(VirtualSwitchingTableAssert.class, VirtualSwitchingTable.class, actual);
  }

  /** Assertions about a migration. */
  default MigrationAssert then(@Nullable Migration actual) {
    return proxy(MigrationAssert.class, Migration.class, actual);
  }

  /** Assertions about the virtual router of a host. */
  default VirtualRouterAssert then(@Nullable VirtualRouter actual) {
    return proxy(VirtualRouterAssert.class, VirtualRouter.class, actual);
  }
}
