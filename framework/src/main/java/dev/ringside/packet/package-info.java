/**
 * Bytes to values and back: one Ethernet frame is one {@link dev.ringside.packet.Packet}.
 *
 * <p>A packet is immutable. Its headers are found once, when it is made; afterwards every question
 * is an array access. Parsing never throws: what is wrong with the bytes is a value, {@link
 * dev.ringside.packet.Packet#malformation()}, and all that precedes the fault can still be read.
 *
 * <p>{@link dev.ringside.packet.Packets} starts sentences that say what a packet is like. One
 * sentence builds such a packet and recognizes it: see {@link dev.ringside.packet.PacketSpec}.
 */
@NullMarked
package dev.ringside.packet;

import org.jspecify.annotations.NullMarked;
