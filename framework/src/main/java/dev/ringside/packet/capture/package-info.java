/**
 * Packets in files: pcap and pcapng, read and written as a stream.
 *
 * <pre>
 *   file or stream --&gt; CaptureReader --&gt; CapturedPacket --&gt; ReplayTimeline --&gt; a wire
 *   a tap ----------------------------&gt; PcapWriter, PcapngWriter -----------&gt; file or stream
 * </pre>
 *
 * <p>{@link dev.ringside.packet.capture.CaptureReader} tells the formats apart by their first
 * bytes. It reads pcap in both byte orders with micro- and nanoseconds (draft-ietf-opsawg-pcap) and
 * pcapng with several sections and interfaces, each with its own clock (draft-ietf-opsawg-pcapng).
 * What is written is the same bytes for the same packets, on any machine and day.
 *
 * <p>Any bytes can be read: what is wrong with a file is one {@link
 * dev.ringside.packet.capture.CaptureException}, thrown after all packets before the damage were
 * delivered. A length that lies is never believed: no more memory is taken than bytes are there.
 *
 * <p>A reader or writer is for one thread, as the lab is.
 *
 * <p>Not modelled: link types other than Ethernet, compressed files, name resolution and statistics
 * blocks (skipped), and packets without a time get none ({@link
 * dev.ringside.packet.capture.CapturedPacket#NO_TIME}).
 */
@NullMarked
package dev.ringside.packet.capture;

import org.jspecify.annotations.NullMarked;
