// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The software switch of a host: joins its virtual NICs with each other and, through the uplink,
 * with the wire. It has one uplink, so that flooding cannot loop.
 *
 * <pre>{@code
 * host.virtualSwitch().port("web").setVlanMode(VlanMode.access(100));
 * }</pre>
 */
public class VirtualSwitch extends LearningSwitch {

  /** The name of the port towards the wire. */
  public static final String UPLINK = "uplink";

  private List<Departed> departed = List.of();

  /** Creates a switch without ports. */
  public VirtualSwitch(World world, String name) {
    super(world, Stage.VIRTUAL_SWITCH, name);
  }

  /**
   * A station that is no longer here, and what becomes of packets that come for it from outside.
   */
  private record Departed(MacAddress station, SwitchPort port, PacketSink out) {}

  /**
   * From now on packets from the wire for a station that has left go to this sink; those of the
   * guests here go to the wire, as to any other station that is not here.
   */
  public void departed(MacAddress station, String portName, PacketSink out, VlanMode vlanMode) {
    SwitchPort port = addPort(portName, out, vlanMode);
    port.carrierChanged(false); // nothing is flooded to it
    List<Departed> more = new ArrayList<>(departed);
    more.add(new Departed(station, port, out));
    departed = more;
  }

  /** Whether packets for a station that has left go to this sink. */
  public boolean standsFor(MacAddress station, PacketSink out) {
    for (Departed each : departed) {
      if (each.station.equals(station) && each.out == out) {
        return true;
      }
    }
    return false;
  }

  /**
   * Nothing stands for the station any more.
   *
   * @return whether something did
   */
  public boolean returned(MacAddress station) {
    List<Departed> others = new ArrayList<>(departed.size());
    for (Departed each : departed) {
      if (each.station.equals(station)) {
        removePort(each.port);
      } else {
        others.add(each);
      }
    }
    boolean found = others.size() < departed.size();
    departed = others;
    return found;
  }

  @Override
  protected @Nullable SwitchPort portFor(long mac, int vlan, SwitchPort from) {
    if (!departed.isEmpty() && from.name().equals(UPLINK)) {
      for (Departed each : departed) {
        if (each.station.bits() == mac && each.port.vlanMode().carries(vlan)) {
          return each.port;
        }
      }
    }
    return super.portFor(mac, vlan, from);
  }
}
