package io.patchbay.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSftpTest {

    private static final ExampleProperties SETTINGS = new ExampleProperties(0, "token", 20, 0, "sandbox");

    @TempDir
    private Path data;

    private SandboxSftp server;

    @BeforeEach
    void open() throws Exception {
        server = SandboxSftp.open(SETTINGS, data);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void storesAFileThatACheckedClientPuts() throws Exception {
        Session session = connect("sandbox");
        try {
            put(session, "order-1.json", "{\"order\":1}");
        } finally {
            session.disconnect();
        }
        assertThat(data.resolve("sandbox-sftp/incoming/order-1.json")).hasContent("{\"order\":1}");
    }

    @Test
    void keepsItsHostKeyOverARestart() throws Exception {
        String before = Files.readString(data.resolve("sandbox-host-key"));
        server.close();
        server = SandboxSftp.open(SETTINGS, data);
        assertThat(data.resolve("sandbox-host-key")).hasContent(before);
        connect("sandbox").disconnect();
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> connect("guess")).isInstanceOf(JSchException.class);
    }

    @Test
    void refusesToRunCommands() throws Exception {
        Session session = connect("sandbox");
        try {
            ChannelExec exec = (ChannelExec) session.openChannel("exec");
            exec.setCommand("id");
            assertThatThrownBy(() -> exec.connect(5_000)).isInstanceOf(JSchException.class);
        } finally {
            session.disconnect();
        }
    }

    @Test
    void doesNotLeaveItsFolder() throws Exception {
        Files.writeString(data.resolve("outside.txt"), "secret");
        Session session = connect("sandbox");
        try {
            ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect(5_000);
            assertThatThrownBy(() -> sftp.get("/../outside.txt").readAllBytes()).isInstanceOf(Exception.class);
        } finally {
            session.disconnect();
        }
    }

    @Test
    void keepsOnlyTheNewestFiles() throws Exception {
        Session session = connect("sandbox");
        try {
            ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect(5_000);
            for (int i = 0; i < NewestFiles.KEPT + 3; i++) {
                put(sftp, "order-" + i + ".json", "{}");
            }
        } finally {
            session.disconnect();
        }
        try (Stream<Path> files = Files.list(data.resolve("sandbox-sftp/incoming"))) {
            assertThat(files).hasSize(NewestFiles.KEPT);
        }
        assertThat(data.resolve("sandbox-sftp/incoming/order-" + (NewestFiles.KEPT + 2) + ".json"))
                .exists();
    }

    private static void put(Session session, String name, String text) throws Exception {
        ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.connect(5_000);
        put(sftp, name, text);
        sftp.disconnect();
    }

    private static void put(ChannelSftp sftp, String name, String text) throws Exception {
        sftp.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "/incoming/" + name + ".part");
        sftp.rename("/incoming/" + name + ".part", "/incoming/" + name);
    }

    private Session connect(String password) throws JSchException {
        JSch client = new JSch();
        client.setKnownHosts(data.resolve("sandbox-known-hosts").toString());
        Session session = client.getSession("sandbox", "127.0.0.1", server.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setPassword(password);
        session.connect(5_000);
        return session;
    }
}
