package io.patchbay.connector.sftp;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Lists every file under names that it makes up. */
public final class EvilSubsystem extends SftpSubsystem {

    private final String[] names;
    private int next;

    /** A server's subsystem that lists each file under the next of these names. */
    public static SftpSubsystemFactory of(String... names) {
        return new SftpSubsystemFactory() {
            @Override
            public Command createSubsystem(ChannelSession channel) {
                return new EvilSubsystem(channel, this, names);
            }
        };
    }

    EvilSubsystem(ChannelSession channel, SftpSubsystemConfigurator configurator, String... names) {
        super(channel, configurator);
        this.names = names;
    }

    @Override
    protected void writeDirEntry(
            int id,
            DirectoryHandle folder,
            Map<String, Path> entries,
            Buffer buffer,
            int index,
            Path file,
            String name,
            LinkOption... options)
            throws IOException {
        boolean real = !name.equals(".") && !name.equals("..");
        String shown = real ? names[next++ % names.length] : name;
        super.writeDirEntry(id, folder, entries, buffer, index, file, shown, options);
    }
}
