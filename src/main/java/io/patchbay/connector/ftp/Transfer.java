package io.patchbay.connector.ftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.net.ftp.FTPClient;

/** Content that ends only when the server has said that it was whole: a data connection also ends when it is cut. */
final class Transfer extends FilterInputStream {

    private final FTPClient client;
    private boolean whole;

    Transfer(InputStream content, FTPClient client) {
        super(content);
        this.client = client;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read < 0) {
            end();
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        if (read < 0) {
            end();
        }
        return read;
    }

    private void end() throws IOException {
        if (whole) {
            return;
        }
        super.close();
        if (!client.completePendingCommand()) {
            String reply = client.getReplyString();
            throw new IOException("the file came cut off: the server answers '"
                    + FtpFailures.shown(reply == null ? "" : reply.strip()) + "'");
        }
        whole = true;
    }

    @Override
    public void close() throws IOException {
        super.close();
    }
}
