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
import org.assertj.core.api.InstanceOfAssertFactory;

/**
 * How AssertJ gets from an object to the assertions about a device.
 *
 * <pre>{@code
 * assertThat(lab.hosts()).first(as(HOST)).hasVms("web");
 * assertThat(web.received()).first(as(PACKET)).matches(udp().port(53));
 * }</pre>
 */
public interface RingsideInstanceOfAssertFactories {

  /** From an object to a lab. */
  InstanceOfAssertFactory<Lab, LabAssert> LAB =
      new InstanceOfAssertFactory<>(Lab.class, LabAssert::new);

  /** From an object to the aggregation of a host. */
  InstanceOfAssertFactory<LinkAggregator, LinkAggregatorAssert> LINK_AGGREGATOR =
      new InstanceOfAssertFactory<>(LinkAggregator.class, LinkAggregatorAssert::new);

  /** From an object to one end of links that speaks LACP. */
  InstanceOfAssertFactory<LacpSystem, LacpSystemAssert> LACP_SYSTEM =
      new InstanceOfAssertFactory<>(LacpSystem.class, LacpSystemAssert::new);

  /** For how connections are spread. */
  InstanceOfAssertFactory<VirtualLinkAggregator, VirtualLinkAggregatorAssert>
      VIRTUAL_LINK_AGGREGATOR =
          new InstanceOfAssertFactory<>(
              VirtualLinkAggregator.class, VirtualLinkAggregatorAssert::new);

  /** From an object to a virtual switch, or the one outside the hosts. */
  InstanceOfAssertFactory<LearningSwitch, SwitchAssert> SWITCH =
      new InstanceOfAssertFactory<>(LearningSwitch.class, SwitchAssert::new);

  /** From an object to a router. */
  InstanceOfAssertFactory<Router, RouterAssert> ROUTER =
      new InstanceOfAssertFactory<>(Router.class, RouterAssert::new);

  /** From an object to the switch of a virtual machine that reaches others by proxies. */
  InstanceOfAssertFactory<ProxySwitch, ProxySwitchAssert> PROXY_SWITCH =
      new InstanceOfAssertFactory<>(ProxySwitch.class, ProxySwitchAssert::new);

  /** From an object to a transfer. */
  InstanceOfAssertFactory<Transfer, TransferAssert> TRANSFER =
      new InstanceOfAssertFactory<>(Transfer.class, TransferAssert::new);

  /** From an object to the buffers that a node has posted. */
  InstanceOfAssertFactory<ReceiveQueue, ReceiveQueueAssert> RECEIVE_QUEUE =
      new InstanceOfAssertFactory<>(ReceiveQueue.class, ReceiveQueueAssert::new);

  /** From an object to a channel between two virtual machines. */
  InstanceOfAssertFactory<Channel, ChannelAssert> CHANNEL =
      new InstanceOfAssertFactory<>(Channel.class, ChannelAssert::new);

  /** From an object to a host. */
  InstanceOfAssertFactory<Host, HostAssert> HOST =
      new InstanceOfAssertFactory<>(Host.class, HostAssert::new);

  /** From an object to a physical NIC. */
  InstanceOfAssertFactory<PhysicalNic, PhysicalNicAssert> PHYSICAL_NIC =
      new InstanceOfAssertFactory<>(PhysicalNic.class, PhysicalNicAssert::new);

  /** From an object to a hardware receive ring. */
  InstanceOfAssertFactory<ReceiveRing, ReceiveRingAssert> RECEIVE_RING =
      new InstanceOfAssertFactory<>(ReceiveRing.class, ReceiveRingAssert::new);

  /** From an object to a flow table. */
  InstanceOfAssertFactory<FlowTable, FlowTableAssert> FLOW_TABLE =
      new InstanceOfAssertFactory<>(FlowTable.class, FlowTableAssert::new);

  /** From an object to a virtual function. */
  InstanceOfAssertFactory<VirtualFunction, VirtualFunctionAssert> VIRTUAL_FUNCTION =
      new InstanceOfAssertFactory<>(VirtualFunction.class, VirtualFunctionAssert::new);

  /** From an object to a packet. */
  InstanceOfAssertFactory<Packet, PacketAssert> PACKET =
      new InstanceOfAssertFactory<>(Packet.class, PacketAssert::new);

  /** From an object to what has arrived and was not taken out. */
  InstanceOfAssertFactory<Inbox, InboxAssert> INBOX =
      new InstanceOfAssertFactory<>(Inbox.class, InboxAssert::new);

  /** From an object to the packets of one device. */
  InstanceOfAssertFactory<Account, AccountAssert> ACCOUNT =
      new InstanceOfAssertFactory<>(Account.class, AccountAssert::new);

  /** From an object to what happened in a lab. */
  InstanceOfAssertFactory<Journal, JournalAssert> JOURNAL =
      new InstanceOfAssertFactory<>(Journal.class, JournalAssert::new);

  /** From an object to the fates of all packets of a lab. */
  InstanceOfAssertFactory<Ledger, LedgerAssert> LEDGER =
      new InstanceOfAssertFactory<>(Ledger.class, LedgerAssert::new);

  /** From an object to the way of a packet. */
  InstanceOfAssertFactory<Trace, TraceAssert> TRACE =
      new InstanceOfAssertFactory<>(Trace.class, TraceAssert::new);

  /** From an object to a monitor. */
  InstanceOfAssertFactory<Monitor, MonitorAssert> MONITOR =
      new InstanceOfAssertFactory<>(Monitor.class, MonitorAssert::new);

  /** From an object to a virtual NIC. */
  InstanceOfAssertFactory<Vnic, VnicAssert> VNIC =
      new InstanceOfAssertFactory<>(Vnic.class, VnicAssert::new);

  /** For the transmit buffers of a host. */
  InstanceOfAssertFactory<TransmitBuffers, TransmitBuffersAssert> TRANSMIT_BUFFERS =
      new InstanceOfAssertFactory<>(TransmitBuffers.class, TransmitBuffersAssert::new);

  /** For a transmit buffer. */
  InstanceOfAssertFactory<TransmitBuffer, TransmitBufferAssert> TRANSMIT_BUFFER =
      new InstanceOfAssertFactory<>(TransmitBuffer.class, TransmitBufferAssert::new);

  /** For a request for a transmit buffer. */
  InstanceOfAssertFactory<TransmitBufferRequest, TransmitBufferRequestAssert>
      TRANSMIT_BUFFER_REQUEST =
          new InstanceOfAssertFactory<>(
              TransmitBufferRequest.class, TransmitBufferRequestAssert::new);

  /** From an object to a virtual machine. */
  InstanceOfAssertFactory<VirtualMachine, VirtualMachineAssert> VIRTUAL_MACHINE =
      new InstanceOfAssertFactory<>(VirtualMachine.class, VirtualMachineAssert::new);

  /** From an object to a cable. */
  InstanceOfAssertFactory<Cable, CableAssert> CABLE =
      new InstanceOfAssertFactory<>(Cable.class, CableAssert::new);

  /** From an object to the test's own station. */
  InstanceOfAssertFactory<Station, StationAssert> STATION =
      new InstanceOfAssertFactory<>(Station.class, StationAssert::new);

  /** From an object to a standby ring. */
  InstanceOfAssertFactory<StandbyRing, StandbyRingAssert> STANDBY_RING =
      new InstanceOfAssertFactory<>(StandbyRing.class, StandbyRingAssert::new);

  /** From an object to an attack that is being contained. */
  InstanceOfAssertFactory<Containment, ContainmentAssert> CONTAINMENT =
      new InstanceOfAssertFactory<>(Containment.class, ContainmentAssert::new);

  /** From an object to what a host steers aside. */
  InstanceOfAssertFactory<Steering, SteeringAssert> STEERING =
      new InstanceOfAssertFactory<>(Steering.class, SteeringAssert::new);

  /** From an object to a software ring. */
  InstanceOfAssertFactory<SoftwareRing, SoftwareRingAssert> SOFTWARE_RING =
      new InstanceOfAssertFactory<>(SoftwareRing.class, SoftwareRingAssert::new);

  /** From an object to the receive ring in software of a virtual NIC. */
  InstanceOfAssertFactory<SoftwareReceiveRing, SoftwareReceiveRingAssert> SOFTWARE_RECEIVE_RING =
      new InstanceOfAssertFactory<>(SoftwareReceiveRing.class, SoftwareReceiveRingAssert::new);

  /** From an object to what a target has of its host's memory. */
  InstanceOfAssertFactory<Quota, QuotaAssert> QUOTA =
      new InstanceOfAssertFactory<>(Quota.class, QuotaAssert::new);

  /** From an object to a request that waits, or has waited. */
  InstanceOfAssertFactory<Waiter, WaiterAssert> WAITER =
      new InstanceOfAssertFactory<>(Waiter.class, WaiterAssert::new);

  /** From an object to a chassis. */
  InstanceOfAssertFactory<BladeChassis, BladeChassisAssert> BLADE_CHASSIS =
      new InstanceOfAssertFactory<>(BladeChassis.class, BladeChassisAssert::new);

  /** From an object to the interconnect of a chassis. */
  InstanceOfAssertFactory<Interconnect, InterconnectAssert> INTERCONNECT =
      new InstanceOfAssertFactory<>(Interconnect.class, InterconnectAssert::new);

  /** From an object to the table by which a chassis finds virtual NICs. */
  InstanceOfAssertFactory<VirtualSwitchingTable, VirtualSwitchingTableAssert>
      VIRTUAL_SWITCHING_TABLE =
          new InstanceOfAssertFactory<>(
              VirtualSwitchingTable.class, VirtualSwitchingTableAssert::new);

  /** From an object to a migration. */
  InstanceOfAssertFactory<Migration, MigrationAssert> MIGRATION =
      new InstanceOfAssertFactory<>(Migration.class, MigrationAssert::new);

  /** From an object to the virtual router of a host. */
  InstanceOfAssertFactory<VirtualRouter, VirtualRouterAssert> VIRTUAL_ROUTER =
      new InstanceOfAssertFactory<>(VirtualRouter.class, VirtualRouterAssert::new);
}
