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
 * Soft assertions about devices, to be combined with those of others.
 *
 * <pre>{@code
 * class OurSoftAssertions extends AbstractSoftAssertions
 *     implements RingsideSoftAssertionsProvider, OtherSoftAssertionsProvider {}
 * }</pre>
 */
public interface RingsideSoftAssertionsProvider extends SoftAssertionsProvider {

  /** Assertions about a lab. */
  default LabAssert assertThat(@Nullable Lab actual) {
    return proxy(LabAssert.class, Lab.class, actual);
  }

  /** Assertions about the aggregation of a host. */
  default LinkAggregatorAssert assertThat(@Nullable LinkAggregator actual) {
    return proxy(LinkAggregatorAssert.class, LinkAggregator.class, actual);
  }

  /** Assertions about one end of links that speaks LACP. */
  default LacpSystemAssert assertThat(@Nullable LacpSystem actual) {
    return proxy(LacpSystemAssert.class, LacpSystem.class, actual);
  }

  /** Assertions about how connections are spread. */
  default VirtualLinkAggregatorAssert assertThat(@Nullable VirtualLinkAggregator actual) {
    return proxy(VirtualLinkAggregatorAssert.class, VirtualLinkAggregator.class, actual);
  }

  /** Assertions about a virtual switch, or the one outside the hosts. */
  default SwitchAssert assertThat(@Nullable LearningSwitch actual) {
    return proxy(SwitchAssert.class, LearningSwitch.class, actual);
  }

  /** Assertions about a router: its routes, and what it dropped. */
  default RouterAssert assertThat(@Nullable Router actual) {
    return proxy(RouterAssert.class, Router.class, actual);
  }

  /** Assertions about the switch of a virtual machine that reaches others by proxies. */
  default ProxySwitchAssert assertThat(@Nullable ProxySwitch actual) {
    return proxy(ProxySwitchAssert.class, ProxySwitch.class, actual);
  }

  /** Assertions about a transfer. */
  default TransferAssert assertThat(@Nullable Transfer actual) {
    return proxy(TransferAssert.class, Transfer.class, actual);
  }

  /** Assertions about the buffers that a node has posted. */
  default ReceiveQueueAssert assertThat(@Nullable ReceiveQueue actual) {
    return proxy(ReceiveQueueAssert.class, ReceiveQueue.class, actual);
  }

  /** Assertions about a channel between two virtual machines. */
  default ChannelAssert assertThat(@Nullable Channel actual) {
    return proxy(ChannelAssert.class, Channel.class, actual);
  }

  /** Assertions about a host. */
  default HostAssert assertThat(@Nullable Host actual) {
    return proxy(HostAssert.class, Host.class, actual);
  }

  /** Assertions about a physical NIC. */
  default PhysicalNicAssert assertThat(@Nullable PhysicalNic actual) {
    return proxy(PhysicalNicAssert.class, PhysicalNic.class, actual);
  }

  /** Assertions about a hardware receive ring. */
  default ReceiveRingAssert assertThat(@Nullable ReceiveRing actual) {
    return proxy(ReceiveRingAssert.class, ReceiveRing.class, actual);
  }

  /** Assertions about a flow table. */
  default FlowTableAssert assertThat(@Nullable FlowTable actual) {
    return proxy(FlowTableAssert.class, FlowTable.class, actual);
  }

  /** Assertions about a virtual function. */
  default VirtualFunctionAssert assertThat(@Nullable VirtualFunction actual) {
    return proxy(VirtualFunctionAssert.class, VirtualFunction.class, actual);
  }

  /** Assertions about a packet. */
  default PacketAssert assertThat(@Nullable Packet actual) {
    return proxy(PacketAssert.class, Packet.class, actual);
  }

  /** Assertions about what has arrived and was not taken out. */
  default InboxAssert assertThat(@Nullable Inbox actual) {
    return proxy(InboxAssert.class, Inbox.class, actual);
  }

  /** Assertions about the packets of one device. */
  default AccountAssert assertThat(@Nullable Account actual) {
    return proxy(AccountAssert.class, Account.class, actual);
  }

  /** Assertions about what happened in a lab. */
  default JournalAssert assertThat(@Nullable Journal actual) {
    return proxy(JournalAssert.class, Journal.class, actual);
  }

  /** Assertions about the fates of all packets of a lab. */
  default LedgerAssert assertThat(@Nullable Ledger actual) {
    return proxy(LedgerAssert.class, Ledger.class, actual);
  }

  /** Assertions about the way of a packet. */
  default TraceAssert assertThat(@Nullable Trace actual) {
    return proxy(TraceAssert.class, Trace.class, actual);
  }

  /** Assertions about a monitor. */
  default MonitorAssert assertThat(@Nullable Monitor actual) {
    return proxy(MonitorAssert.class, Monitor.class, actual);
  }

  /** Assertions about a virtual NIC. */
  default VnicAssert assertThat(@Nullable Vnic actual) {
    return proxy(VnicAssert.class, Vnic.class, actual);
  }

  /** Assertions about the transmit buffers of a host. */
  default TransmitBuffersAssert assertThat(@Nullable TransmitBuffers actual) {
    return proxy(TransmitBuffersAssert.class, TransmitBuffers.class, actual);
  }

  /** Assertions about a transmit buffer. */
  default TransmitBufferAssert assertThat(@Nullable TransmitBuffer actual) {
    return proxy(TransmitBufferAssert.class, TransmitBuffer.class, actual);
  }

  /** Assertions about a request for a transmit buffer. */
  default TransmitBufferRequestAssert assertThat(@Nullable TransmitBufferRequest actual) {
    return proxy(TransmitBufferRequestAssert.class, TransmitBufferRequest.class, actual);
  }

  /** Assertions about a virtual machine. */
  default VirtualMachineAssert assertThat(@Nullable VirtualMachine actual) {
    return proxy(VirtualMachineAssert.class, VirtualMachine.class, actual);
  }

  /** Assertions about a cable. */
  default CableAssert assertThat(@Nullable Cable actual) {
    return proxy(CableAssert.class, Cable.class, actual);
  }

  /** Assertions about the test's own station. */
  default StationAssert assertThat(@Nullable Station actual) {
    return proxy(StationAssert.class, Station.class, actual);
  }

  /** Assertions about a standby ring. */
  default StandbyRingAssert assertThat(@Nullable StandbyRing actual) {
    return proxy(StandbyRingAssert.class, StandbyRing.class, actual);
  }

  /** Assertions about an attack that is being contained. */
  default ContainmentAssert assertThat(@Nullable Containment actual) {
    return proxy(ContainmentAssert.class, Containment.class, actual);
  }

  /** Assertions about what a host steers aside. */
  default SteeringAssert assertThat(@Nullable Steering actual) {
    return proxy(SteeringAssert.class, Steering.class, actual);
  }

  /** Assertions about a software ring. */
  default SoftwareRingAssert assertThat(@Nullable SoftwareRing actual) {
    return proxy(SoftwareRingAssert.class, SoftwareRing.class, actual);
  }

  /** Assertions about the receive ring in software of a virtual NIC. */
  default SoftwareReceiveRingAssert assertThat(@Nullable SoftwareReceiveRing actual) {
    return proxy(SoftwareReceiveRingAssert.class, SoftwareReceiveRing.class, actual);
  }

  /** Assertions about what a target has of its host's memory. */
  default QuotaAssert assertThat(@Nullable Quota actual) {
    return proxy(QuotaAssert.class, Quota.class, actual);
  }

  /** Assertions about a request that waits, or has waited. */
  default WaiterAssert assertThat(@Nullable Waiter actual) {
    return proxy(WaiterAssert.class, Waiter.class, actual);
  }

  /** Assertions about a chassis. */
  default BladeChassisAssert assertThat(@Nullable BladeChassis actual) {
    return proxy(BladeChassisAssert.class, BladeChassis.class, actual);
  }

  /** Assertions about the interconnect of a chassis. */
  default InterconnectAssert assertThat(@Nullable Interconnect actual) {
    return proxy(InterconnectAssert.class, Interconnect.class, actual);
  }

  /** Assertions about the table by which a chassis finds virtual NICs. */
  default VirtualSwitchingTableAssert assertThat(@Nullable VirtualSwitchingTable actual) {
    return proxy(VirtualSwitchingTableAssert.class, VirtualSwitchingTable.class, actual);
  }

  /** Assertions about a migration. */
  default MigrationAssert assertThat(@Nullable Migration actual) {
    return proxy(MigrationAssert.class, Migration.class, actual);
  }

  /** Assertions about the virtual router of a host. */
  default VirtualRouterAssert assertThat(@Nullable VirtualRouter actual) {
    return proxy(VirtualRouterAssert.class, VirtualRouter.class, actual);
  }
}
